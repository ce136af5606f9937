package io.benchtop.api.dataset;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Column} and what its values are like.
 *
 * @param name as in the data
 * @param type {@code boolean}, {@code int64}, {@code float64}, {@code decimal}, {@code text}, {@code date}, {@code timestamp},
 *     {@code time}, {@code binary} or {@code other}
 * @param nullable whether a value may be missing
 * @param count how many rows were looked at
 * @param nulls how many of them have no value
 * @param distinct how many different values, estimated; null if not told
 * @param min the least value; null if it has none
 * @param max the greatest value; null if it has none
 * @param mean of numbers
 * @param quantiles of numbers, at 0, 25, 50, 75 and 100 percent
 * @param histogram of numbers
 * @param frequent the most frequent values, most frequent first
 */
public record ColumnProfile(
        String name,
        String type,
        boolean nullable,
        long count,
        long nulls,
        @Nullable Long distinct,
        @Nullable Object min,
        @Nullable Object max,
        @Nullable Double mean,
        @Nullable List<@Nullable Double> quantiles,
        @Nullable Histogram histogram,
        List<FrequentValue> frequent) {

    public ColumnProfile {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        frequent = frequent == null ? List.of() : List.copyOf(frequent);
    }
}
