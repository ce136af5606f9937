package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * One value of a metric.
 *
 * @param key its name
 * @param value may be infinite or not a number
 * @param at when it was measured, in milliseconds since 1970, as the client says
 * @param step the client's own count, such as of epochs; may be negative
 */
public record Metric(String key, double value, long at, long step) {

    /** The latest is the one of the highest step, then of the highest time, then of the highest value. */
    public static final Comparator<Metric> BY_AGE =
            Comparator.comparingLong(Metric::step).thenComparingLong(Metric::at).thenComparingDouble(Metric::value);

    public Metric {
        requireNonNull(key, "key is null");
    }
}
