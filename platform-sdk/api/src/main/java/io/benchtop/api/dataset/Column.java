package io.benchtop.api.dataset;

import static java.util.Objects.requireNonNull;

/**
 * One column of a version.
 *
 * @param name as in the data
 * @param type {@code boolean}, {@code int64}, {@code float64}, {@code decimal}, {@code text}, {@code date}, {@code timestamp},
 *     {@code time}, {@code binary} or {@code other}
 * @param nullable whether a value may be missing
 */
public record Column(String name, String type, boolean nullable) {

    public Column {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
    }
}
