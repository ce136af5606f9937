package io.benchtop.service.connection.sql;

import io.benchtop.service.table.Column;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** What both databases' drivers read alike. */
final class ValueReaders {

    private ValueReaders() {}

    /** @param instant how this driver reads a moment */
    static ValueReader of(Column column, ValueReader instant) {
        return switch (column.type()) {
            case BOOLEAN -> ValueReaders::truth;
            case INT64 -> ValueReaders::whole;
            case FLOAT64 -> ValueReaders::number;
            case DECIMAL -> decimal(column.scale());
            case TEXT -> ResultSet::getString;
            case DATE -> (rows, place) -> rows.getObject(place, LocalDate.class);
            case TIMESTAMP -> (rows, place) -> rows.getObject(place, LocalDateTime.class);
            case INSTANT -> instant;
            case TIME -> (rows, place) -> rows.getObject(place, LocalTime.class);
            case BINARY -> ResultSet::getBytes;
        };
    }

    private static @Nullable Object truth(ResultSet rows, int place) throws SQLException {
        boolean value = rows.getBoolean(place);
        return rows.wasNull() ? null : value;
    }

    private static @Nullable Object whole(ResultSet rows, int place) throws SQLException {
        long value = rows.getLong(place);
        return rows.wasNull() ? null : value;
    }

    private static @Nullable Object number(ResultSet rows, int place) throws SQLException {
        double value = rows.getDouble(place);
        return rows.wasNull() ? null : value;
    }

    private static ValueReader decimal(int scale) {
        return (rows, place) -> {
            BigDecimal value = rows.getBigDecimal(place);
            return value == null || value.scale() == scale ? value : value.setScale(scale, RoundingMode.HALF_EVEN);
        };
    }
}
