package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** A run's id: 32 hexadecimal digits. */
public record RunId(String value) {

    private static final Pattern VALID = Pattern.compile("[0-9a-f]{32}");

    public RunId {
        requireNonNull(value, "value is null");
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("no id of a run: " + value);
        }
    }

    static RunId random() {
        return new RunId(UUID.randomUUID().toString().replace("-", ""));
    }

    public static Optional<RunId> find(String text) {
        return VALID.matcher(text).matches() ? Optional.of(new RunId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
