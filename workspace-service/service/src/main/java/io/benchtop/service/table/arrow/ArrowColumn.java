package io.benchtop.service.table.arrow;

import io.benchtop.service.table.Column;
import io.benchtop.service.table.ColumnType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/** How Arrow keeps a column, and the way of one value into its vector. Times are microseconds, as Parquet and databases have them. */
final class ArrowColumn {

    private static final int PRECISION = 38;

    private ArrowColumn() {}

    static Field field(Column column) {
        FieldType type = new FieldType(column.nullable(), type(column), null);
        return new Field(column.name(), type, List.of());
    }

    private static ArrowType type(Column column) {
        return switch (column.type()) {
            case BOOLEAN -> new ArrowType.Bool();
            case INT64 -> new ArrowType.Int(64, true);
            case FLOAT64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case DECIMAL -> new ArrowType.Decimal(PRECISION, column.scale(), 128);
            case TEXT -> new ArrowType.Utf8();
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case INSTANT -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
            case TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
            case BINARY -> new ArrowType.Binary();
        };
    }

    /** Puts a value of the column's class at a place; null at a place that was never set. */
    static void set(FieldVector vector, int at, Object value) {
        switch (vector) {
            case BitVector bits -> bits.setSafe(at, (Boolean) value ? 1 : 0);
            case BigIntVector longs -> longs.setSafe(at, (Long) value);
            case Float8Vector doubles -> doubles.setSafe(at, (Double) value);
            case DecimalVector decimals ->
                decimals.setSafe(at, ((BigDecimal) value).setScale(decimals.getScale(), RoundingMode.UNNECESSARY));
            case VarCharVector texts -> texts.setSafe(at, ((String) value).getBytes(StandardCharsets.UTF_8));
            case DateDayVector days -> days.setSafe(at, Math.toIntExact(((LocalDate) value).toEpochDay()));
            case TimeStampMicroTZVector moments -> moments.setSafe(at, micros((Instant) value));
            case TimeStampMicroVector times ->
                times.setSafe(at, micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC)));
            case TimeMicroVector times -> times.setSafe(at, ((LocalTime) value).toNanoOfDay() / 1000);
            case VarBinaryVector bytes -> bytes.setSafe(at, (byte[]) value);
            default -> throw new IllegalStateException("no column is kept in " + vector.getClass());
        }
    }

    private static long micros(Instant moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    }

    /** What a file of somebody else's making keeps in a vector of this type. */
    static Column column(Field field) {
        ArrowType type = field.getType();
        int scale = type instanceof ArrowType.Decimal decimal ? decimal.getScale() : 0;
        return new Column(field.getName(), columnType(type), field.isNullable(), scale);
    }

    private static ColumnType columnType(ArrowType type) {
        return switch (type) {
            case ArrowType.Bool _ -> ColumnType.BOOLEAN;
            case ArrowType.Int _ -> ColumnType.INT64;
            case ArrowType.FloatingPoint _ -> ColumnType.FLOAT64;
            case ArrowType.Decimal _ -> ColumnType.DECIMAL;
            case ArrowType.Date _ -> ColumnType.DATE;
            case ArrowType.Timestamp time -> time.getTimezone() == null ? ColumnType.TIMESTAMP : ColumnType.INSTANT;
            case ArrowType.Time _ -> ColumnType.TIME;
            case ArrowType.Binary _, ArrowType.LargeBinary _, ArrowType.FixedSizeBinary _ -> ColumnType.BINARY;
            default -> ColumnType.TEXT;
        };
    }

    /** A value of a vector, as Arrow's own classes give it, as one of the column's class. */
    static @Nullable Object value(FieldVector vector, int at, ColumnType type) {
        Object found = vector.isNull(at) ? null : vector.getObject(at);
        if (found == null) {
            return null;
        }
        return switch (type) {
            case INT64 -> whole(found);
            case FLOAT64 -> ((Number) found).doubleValue();
            case DATE -> date(vector, at, found);
            case TIMESTAMP, INSTANT -> moment(vector, at, type);
            case TIME -> time(vector, at);
            case TEXT -> found.toString();
            case BOOLEAN, DECIMAL, BINARY -> found;
        };
    }

    /** Sixteen bits without a sign are a character to Arrow. */
    private static Long whole(Object found) {
        return found instanceof Character sixteen ? (long) sixteen : ((Number) found).longValue();
    }

    private static LocalDate date(FieldVector vector, int at, Object found) {
        return vector instanceof DateDayVector days
                ? LocalDate.ofEpochDay(days.get(at))
                : ((LocalDateTime) found).toLocalDate();
    }

    private static Object moment(FieldVector vector, int at, ColumnType type) {
        TimeStampVector times = (TimeStampVector) vector;
        ChronoUnit unit = unit(((ArrowType.Timestamp) vector.getField().getType()).getUnit());
        Instant moment = Instant.EPOCH.plus(times.get(at), unit);
        return type == ColumnType.INSTANT ? moment : LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static LocalTime time(FieldVector vector, int at) {
        ChronoUnit unit = unit(((ArrowType.Time) vector.getField().getType()).getUnit());
        long count = switch (vector) {
            case TimeSecVector seconds -> seconds.get(at);
            case TimeMilliVector millis -> millis.get(at);
            case TimeMicroVector micros -> micros.get(at);
            case TimeNanoVector nanos -> nanos.get(at);
            default -> throw new IllegalStateException("no time is kept in " + vector.getClass());
        };
        return LocalTime.MIDNIGHT.plus(count, unit);
    }

    private static ChronoUnit unit(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> ChronoUnit.SECONDS;
            case MILLISECOND -> ChronoUnit.MILLIS;
            case MICROSECOND -> ChronoUnit.MICROS;
            case NANOSECOND -> ChronoUnit.NANOS;
        };
    }
}
