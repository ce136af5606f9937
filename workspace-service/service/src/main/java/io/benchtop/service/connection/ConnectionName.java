package io.benchtop.service.connection;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names a connection; datasets go by it, so it never changes. */
public record ConnectionName(String value) implements Comparable<ConnectionName> {

    private static final Pattern VALID = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");

    public ConnectionName {
        requireNonNull(value, "value is null");
        if (!VALID.matcher(value).matches()) {
            throw ProblemException.invalidField(
                    "name",
                    "must be 1 to 40 lower-case letters a-z, digits or hyphens, with a letter or digit at both ends");
        }
    }

    /** The name if the text is one; for what somebody sent. */
    public static Optional<ConnectionName> find(String text) {
        return VALID.matcher(text).matches() ? Optional.of(new ConnectionName(text)) : Optional.empty();
    }

    @Override
    public int compareTo(ConnectionName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
