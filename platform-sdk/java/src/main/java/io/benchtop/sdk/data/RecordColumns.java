package io.benchtop.sdk.data;

import io.benchtop.sdk.error.BenchtopException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** The components of a record as columns of the same name; a primitive one is never missing. */
public final class RecordColumns {

    private static final int DECIMAL_SCALE = 9;
    private static final ArrowType WHOLE = new ArrowType.Int(64, true);
    private static final ArrowType NUMBER = new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
    private static final Map<Class<?>, ArrowType> TYPES = Map.ofEntries(
            Map.entry(int.class, WHOLE),
            Map.entry(Integer.class, WHOLE),
            Map.entry(long.class, WHOLE),
            Map.entry(Long.class, WHOLE),
            Map.entry(float.class, NUMBER),
            Map.entry(Float.class, NUMBER),
            Map.entry(double.class, NUMBER),
            Map.entry(Double.class, NUMBER),
            Map.entry(boolean.class, new ArrowType.Bool()),
            Map.entry(Boolean.class, new ArrowType.Bool()),
            Map.entry(String.class, new ArrowType.Utf8()),
            Map.entry(BigDecimal.class, new ArrowType.Decimal(38, DECIMAL_SCALE, 128)),
            Map.entry(LocalDate.class, new ArrowType.Date(DateUnit.DAY)),
            Map.entry(LocalTime.class, new ArrowType.Time(TimeUnit.MICROSECOND, 64)),
            Map.entry(LocalDateTime.class, new ArrowType.Timestamp(TimeUnit.MICROSECOND, null)),
            Map.entry(Instant.class, new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC")),
            Map.entry(byte[].class, new ArrowType.Binary()));

    private final Class<? extends Record> type;
    private final RecordComponent[] components;

    private RecordColumns(Class<? extends Record> type, RecordComponent[] components) {
        this.type = type;
        this.components = components;
    }

    /**
     * Looks at a record.
     *
     * @throws BenchtopException {@code no_record} when a component is of a type that is no column's
     */
    public static RecordColumns of(Class<? extends Record> type) {
        var components = type.getRecordComponents();
        for (var component : components) {
            component.getAccessor().setAccessible(true);
            if (!TYPES.containsKey(component.getType())) {
                throw new BenchtopException(
                        "no_record",
                        type.getSimpleName() + "." + component.getName() + " is a "
                                + component.getType().getSimpleName()
                                + ", which is no column's type. Use long, double, boolean,"
                                + " String, BigDecimal, LocalDate, LocalTime, LocalDateTime, Instant or byte[].");
            }
        }
        return new RecordColumns(type, components);
    }

    /** As Arrow's words. */
    public Schema schema() {
        return new Schema(Arrays.stream(components).map(RecordColumns::field).toList());
    }

    private static Field field(RecordComponent component) {
        var arrow = TYPES.get(component.getType());
        return new Field(component.getName(), new FieldType(!component.getType().isPrimitive(), arrow, null), null);
    }

    void set(VectorSchemaRoot batch, int row, Record record) {
        if (record.getClass() != type) {
            throw new BenchtopException(
                    "columns_differ",
                    "These rows have other columns than the first ones written: "
                            + record.getClass().getSimpleName() + " instead of " + type.getSimpleName());
        }
        for (int column = 0; column < components.length; column++) {
            var vector = batch.getVector(column);
            try {
                var value = components[column].getAccessor().invoke(record);
                if (value != null) {
                    set(vector, row, value);
                } else {
                    setMissing(vector, row);
                }
            } catch (ReflectiveOperationException e) {
                throw new BenchtopException(
                        "no_record",
                        type.getSimpleName() + "." + components[column].getName() + " cannot be read: " + e);
            }
        }
    }

    private static void setMissing(FieldVector vector, int row) {
        while (row >= vector.getValueCapacity()) {
            vector.reAlloc();
        }
        vector.setNull(row);
    }

    private static void set(FieldVector vector, int row, Object value) {
        if (vector instanceof BigIntVector whole) {
            whole.setSafe(row, ((Number) value).longValue());
        } else if (vector instanceof Float8Vector number) {
            number.setSafe(row, ((Number) value).doubleValue());
        } else if (vector instanceof BitVector bits) {
            bits.setSafe(row, (Boolean) value ? 1 : 0);
        } else if (vector instanceof VarCharVector text) {
            text.setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
        } else if (vector instanceof VarBinaryVector bytes) {
            bytes.setSafe(row, (byte[]) value);
        } else {
            setOther(vector, row, value);
        }
    }

    private static void setOther(FieldVector vector, int row, Object value) {
        if (vector instanceof DecimalVector decimals) {
            decimals.setSafe(row, scaled((BigDecimal) value));
        } else if (vector instanceof DateDayVector days) {
            days.setSafe(row, Math.toIntExact(((LocalDate) value).toEpochDay()));
        } else if (vector instanceof TimeMicroVector times) {
            times.setSafe(row, ((LocalTime) value).toNanoOfDay() / 1_000);
        } else if (vector instanceof TimeStampVector moments) {
            var instant = value instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) value;
            moments.setSafe(row, ChronoUnit.MICROS.between(Instant.EPOCH, instant));
        }
    }

    private static BigDecimal scaled(BigDecimal value) {
        try {
            return value.setScale(DECIMAL_SCALE, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw new BenchtopException(
                    "no_record",
                    value + " has more than " + DECIMAL_SCALE + " digits after the point; round it first.");
        }
    }
}
