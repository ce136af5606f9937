package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** An experiment's id: digits, because clients exist that read it as a number. */
public record ExperimentId(String value) {

    private static final Pattern VALID = Pattern.compile("[1-9][0-9]{0,17}");
    private static final long SMALLEST = 100_000_000_000_000_000L;

    public ExperimentId {
        requireNonNull(value, "value is null");
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("no id of an experiment: " + value);
        }
    }

    /** One that nobody has yet. */
    static ExperimentId random() {
        return new ExperimentId(Long.toString(ThreadLocalRandom.current().nextLong(SMALLEST, 10 * SMALLEST)));
    }

    public static Optional<ExperimentId> find(String text) {
        return VALID.matcher(text).matches() ? Optional.of(new ExperimentId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
