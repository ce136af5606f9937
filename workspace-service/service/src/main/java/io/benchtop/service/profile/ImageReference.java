package io.benchtop.service.profile;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a container image: {@code [registry[:port]/]path[:tag][@sha256:…]}, as the OCI distribution specification writes it.
 * Nothing else can be constructed, so that an image's name never becomes an option or a second field (SECURITY.md S11, S50).
 */
public record ImageReference(String value) {

    private static final int MAX_LENGTH = 512;
    private static final String HOST = "[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::[0-9]{1,5})?";
    private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern VALID = Pattern.compile("(?:" + HOST + "/)?" + PART + "(?:/" + PART
            + ")*(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@sha256:[0-9a-f]{64})?");

    public ImageReference {
        requireNonNull(value, "value is null");
        if (!isValid(value)) {
            throw new IllegalArgumentException("not the name of an image: " + value);
        }
    }

    /** The reference if the text is one; for what somebody sent. */
    public static Optional<ImageReference> find(String text) {
        return isValid(text) ? Optional.of(new ImageReference(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && VALID.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
