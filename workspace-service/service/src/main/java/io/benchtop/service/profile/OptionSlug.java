package io.benchtop.service.profile;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names one thing to pick: a profile, or an image of its set. */
public record OptionSlug(String value) implements Comparable<OptionSlug> {

    private static final Pattern VALID = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");

    /** Addresses next to those of profiles. */
    private static final Set<String> RESERVED = Set.of("new", "schema");

    public OptionSlug {
        requireNonNull(value, "value is null");
        if (!isValid(value)) {
            throw ProblemException.invalidField(
                    "slug",
                    "must be 1 to 40 lower-case letters a-z, digits or hyphens, with a letter or digit at both ends,"
                            + " and not \"new\" or \"schema\"");
        }
    }

    /** The slug if the text is one; for what somebody sent. */
    public static Optional<OptionSlug> find(String text) {
        return isValid(text) ? Optional.of(new OptionSlug(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return VALID.matcher(text).matches() && !RESERVED.contains(text);
    }

    @Override
    public int compareTo(OptionSlug other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
