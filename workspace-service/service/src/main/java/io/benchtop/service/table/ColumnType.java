package io.benchtop.service.table;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the values of a column are, and the Java class that holds one. */
public enum ColumnType {
    /** {@link Boolean}. */
    BOOLEAN,
    /** {@link Long}; whole numbers of any width up to 64 bits. */
    INT64,
    /** {@link Double}. */
    FLOAT64,
    /** {@link java.math.BigDecimal} of the column's scale. */
    DECIMAL,
    /** {@link String}; nested values, too, as they are printed. */
    TEXT,
    /** {@link java.time.LocalDate}. */
    DATE,
    /** {@link java.time.LocalDateTime}: a clock's and a calendar's reading, wherever they hang. */
    TIMESTAMP,
    /** {@link java.time.Instant}: a moment. */
    INSTANT,
    /** {@link java.time.LocalTime}. */
    TIME,
    /** {@code byte[]}. */
    BINARY;

    /** The word on the wire; a moment is a timestamp there, whose text ends with Z. */
    public String code() {
        return this == INSTANT ? TIMESTAMP.code() : name().toLowerCase(Locale.ROOT);
    }

    public boolean isNumber() {
        return this == INT64 || this == FLOAT64 || this == DECIMAL;
    }

    /** The type that holds the values of both without loss, else text. Null knows nothing yet. */
    public static @Nullable ColumnType widest(@Nullable ColumnType one, @Nullable ColumnType other) {
        if (one == null || one == other) {
            return other;
        }
        if (other == null) {
            return one;
        }
        if (are(one, other, INT64, FLOAT64)) {
            return FLOAT64;
        }
        if (are(one, other, DATE, TIMESTAMP)) {
            return TIMESTAMP;
        }
        return TEXT;
    }

    private static boolean are(ColumnType one, ColumnType other, ColumnType narrow, ColumnType wide) {
        return (one == narrow && other == wide) || (one == wide && other == narrow);
    }
}
