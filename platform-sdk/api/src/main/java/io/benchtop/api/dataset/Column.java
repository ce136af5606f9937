package io.benchtop.api.dataset;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One column of a version.
 *
 * @param name as in the data
 * @param type {@code boolean}, {@code int64}, {@code float64}, {@code decimal}, {@code text}, {@code date}, {@code timestamp},
 *     {@code time}, {@code binary} or {@code other}
 * @param nullable whether a value may be missing
 * @param scale of a {@code decimal}: digits after the point; null of others
 * @param zoned of a {@code timestamp}: whether it is a moment, whose text ends with Z, or what a clock and a calendar show; null of
 *     others
 */
public record Column(
        String name,
        String type,
        boolean nullable,
        @Nullable Integer scale,
        @Nullable Boolean zoned) {

    public Column {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
    }
}
