package io.benchtop.service.table;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What pyarrow wrote into the sample files of Parquet and Arrow: a value of every type in the first row, none in the second. */
public final class SampleValues {

    public static final List<Column> COLUMNS = List.of(
            new Column("whole", ColumnType.INT64),
            new Column("long", ColumnType.INT64),
            new Column("real", ColumnType.FLOAT64),
            new Column("yes", ColumnType.BOOLEAN),
            new Column("text", ColumnType.TEXT),
            new Column("day", ColumnType.DATE),
            new Column("moment", ColumnType.INSTANT),
            new Column("clock", ColumnType.TIMESTAMP),
            new Column("price", ColumnType.DECIMAL, true, 2),
            new Column("bytes", ColumnType.BINARY),
            new Column("nested", ColumnType.TEXT));

    private SampleValues() {}

    /** Without the last column, which each format prints its own way. */
    public static List<@Nullable Object> first() {
        return Arrays.asList(
                1L,
                1L << 40,
                0.5,
                true,
                "a",
                LocalDate.of(2026, 1, 31),
                Instant.parse("2026-01-01T12:30:00.250Z"),
                LocalDateTime.of(1960, 1, 1, 12, 30),
                new BigDecimal("1.50"),
                new byte[] {0, 1});
    }

    public static List<@Nullable Object> second() {
        return Arrays.asList(
                null,
                0L,
                null,
                false,
                null,
                null,
                Instant.parse("2026-01-01T12:30:00.250Z"),
                LocalDateTime.of(1960, 1, 1, 12, 30),
                null,
                null);
    }
}
