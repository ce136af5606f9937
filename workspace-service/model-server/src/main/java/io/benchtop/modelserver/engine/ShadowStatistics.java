package io.benchtop.modelserver.engine;

import org.jspecify.annotations.Nullable;

/** How answers of this version compare with those that another gave to the same requests. */
public final class ShadowStatistics {

    /** What was seen so far. */
    public record Snapshot(
            long count,
            long failures,
            long disagreements,
            double maxAbsoluteDifference,
            double sumAbsoluteDifference) {}

    private long count;
    private long failures;
    private long disagreements;
    private double max;
    private double sum;

    /** Adds one comparison; {@code null} where there was no answer to compare. */
    public synchronized void add(@Nullable Comparison comparison) {
        count++;
        if (comparison == null) {
            failures++;
            return;
        }
        disagreements += comparison.isWithin() ? 0 : 1;
        if (Double.isFinite(comparison.maxAbsolute())) {
            max = Math.max(max, comparison.maxAbsolute());
        }
        sum += comparison.sumAbsolute();
    }

    public synchronized Snapshot snapshot() {
        return new Snapshot(count, failures, disagreements, max, sum);
    }
}
