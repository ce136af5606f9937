package io.benchtop.sdk;

import io.benchtop.sdk.error.BenchtopException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One row of a dataset. Values are {@link Long}, {@link Double}, {@link Boolean}, {@link java.math.BigDecimal}, {@link String},
 * {@link java.time.LocalDate}, {@link java.time.LocalTime}, {@link java.time.Instant} (timestamps with a zone),
 * {@link java.time.LocalDateTime} (without) or {@code byte[]}; null where the value is missing. Immutable.
 */
public final class Row {

    private final Map<String, Integer> places;
    private final @Nullable Object[] values;

    Row(Map<String, Integer> places, @Nullable Object[] values) {
        this.places = places;
        this.values = values;
    }

    /**
     * The value of a column.
     *
     * @throws BenchtopException {@code no_such_column}
     */
    public @Nullable Object get(String column) {
        var place = places.get(column);
        if (place == null) {
            throw new BenchtopException(
                    "no_such_column",
                    "There is no column '" + column + "'; there are " + String.join(", ", places.keySet()) + ".");
        }
        return values[place];
    }

    /**
     * The value of a column as one type, such as {@code row.get("qty", Long.class)}.
     *
     * @throws BenchtopException {@code no_such_column}, or {@code column_type_differs}
     */
    public <T> @Nullable T get(String column, Class<T> type) {
        var value = get(column);
        if (value != null && !type.isInstance(value)) {
            throw new BenchtopException(
                    "column_type_differs",
                    "Column '" + column + "' has values of " + value.getClass().getSimpleName() + ", not of "
                            + type.getSimpleName() + " (here " + value + ").");
        }
        return type.cast(value);
    }

    @Override
    public String toString() {
        return places.entrySet().stream()
                .map(place -> place.getKey() + ": " + values[place.getValue()])
                .collect(Collectors.joining(", ", "Row(", ")"));
    }
}
