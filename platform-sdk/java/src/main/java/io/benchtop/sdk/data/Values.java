package io.benchtop.sdk.data;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FloatingPointVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.util.Text;
import org.jspecify.annotations.Nullable;

/**
 * Values of Arrow as Java's own: {@link Long}, {@link Double}, {@link Boolean}, {@link java.math.BigDecimal}, {@link String},
 * {@link LocalDate}, {@link LocalTime}, {@link Instant} with a zone and {@link LocalDateTime} without, {@code byte[]}.
 */
final class Values {

    private Values() {}

    static @Nullable Object at(FieldVector vector, int row) {
        if (vector.isNull(row)) {
            return null;
        }
        if (vector instanceof BitVector bits) {
            return bits.get(row) == 1;
        }
        if (vector instanceof UInt1Vector small) {
            return (long) Byte.toUnsignedInt(small.get(row));
        }
        if (vector instanceof BaseIntVector whole) {
            return whole.getValueAsLong(row);
        }
        if (vector instanceof FloatingPointVector number) {
            return number.getValueAsDouble(row);
        }
        if (vector instanceof TimeStampVector moments) {
            return moment(
                    moments.get(row), (ArrowType.Timestamp) moments.getField().getType());
        }
        return dateOrTime(vector, row);
    }

    private static @Nullable Object dateOrTime(FieldVector vector, int row) {
        if (vector instanceof DateDayVector days) {
            return LocalDate.ofEpochDay(days.get(row));
        }
        if (vector instanceof DateMilliVector millis) {
            return LocalDate.ofEpochDay(Math.floorDiv(millis.get(row), TimeUnit.DAYS.toMillis(1)));
        }
        if (vector instanceof TimeSecVector seconds) {
            return LocalTime.ofSecondOfDay(seconds.get(row));
        }
        if (vector instanceof TimeMilliVector millis) {
            return LocalTime.ofNanoOfDay(TimeUnit.MILLISECONDS.toNanos(millis.get(row)));
        }
        if (vector instanceof TimeMicroVector micros) {
            return LocalTime.ofNanoOfDay(TimeUnit.MICROSECONDS.toNanos(micros.get(row)));
        }
        if (vector instanceof TimeNanoVector nanos) {
            return LocalTime.ofNanoOfDay(nanos.get(row));
        }
        var value = vector.getObject(row);
        return value instanceof Text text ? text.toString() : value;
    }

    private static Object moment(long count, ArrowType.Timestamp type) {
        long perSecond = switch (type.getUnit()) {
            case SECOND -> 1;
            case MILLISECOND -> 1_000;
            case MICROSECOND -> 1_000_000;
            case NANOSECOND -> 1_000_000_000;
        };
        var instant = Instant.ofEpochSecond(
                Math.floorDiv(count, perSecond), Math.floorMod(count, perSecond) * (1_000_000_000 / perSecond));
        return type.getTimezone() == null ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : instant;
    }
}
