package io.benchtop.service.spawn;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The last part of a workspace's address and the name of its home folder. As with user names the alphabet is so small that
 * two slugs can never fold to the same path, label or host name (SECURITY.md S10), and the double hyphen stays free as a
 * separator.
 */
public record Slug(String value) {

    public static final int MAX_LENGTH = 40;

    private static final Pattern VALID = Pattern.compile("[a-z](?:-?[a-z0-9])+");

    public Slug {
        requireNonNull(value, "value is null");
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a slug: " + value);
        }
    }

    public static Optional<Slug> find(String text) {
        return isValid(text) ? Optional.of(new Slug(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && VALID.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
