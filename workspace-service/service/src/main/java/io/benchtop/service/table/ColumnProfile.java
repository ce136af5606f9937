package io.benchtop.service.table;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a column holds, from one pass over all rows with sketches, so some of it is close and not exact.
 *
 * @param count rows, with those that have no value
 * @param nulls rows that have none
 * @param distinct how many different values, within some 2 %
 * @param min as {@link TextValues#json} writes it; null of a column without values or without an order
 * @param max likewise
 * @param mean of numbers
 * @param quantiles of numbers: the least, quarter, middle, three quarters, greatest; empty of others
 * @param histogram of numbers; null of others
 * @param frequent the most frequent values, the most frequent first
 */
public record ColumnProfile(
        Column column,
        long count,
        long nulls,
        long distinct,
        @Nullable Object min,
        @Nullable Object max,
        @Nullable Double mean,
        List<Double> quantiles,
        @Nullable Histogram histogram,
        List<Frequent> frequent) {

    public ColumnProfile {
        requireNonNull(column, "column is null");
        quantiles = List.copyOf(quantiles);
        frequent = List.copyOf(frequent);
    }

    /** @param edges one more than counts */
    public record Histogram(List<Double> edges, List<Long> counts) {

        public Histogram {
            edges = List.copyOf(edges);
            counts = List.copyOf(counts);
        }
    }

    /** A value, as text, and about how often it comes. */
    public record Frequent(String value, long count) {

        public Frequent {
            requireNonNull(value, "value is null");
        }
    }
}
