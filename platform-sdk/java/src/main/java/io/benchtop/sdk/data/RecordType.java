package io.benchtop.sdk.data;

import io.benchtop.sdk.error.BenchtopException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * A record of the user's whose components are columns of the same name.
 *
 * <p>Whole numbers may be {@code int} or {@code long}, numbers {@code float} or {@code double}; every other value is as
 * {@link Values} makes it. A component without a column is refused before the first row; one of another type, and a missing value
 * for a primitive one, when it comes.
 */
public final class RecordType<T> {

    private static final Map<Class<?>, Class<?>> BOXED = Map.of(
            int.class, Integer.class,
            long.class, Long.class,
            float.class, Float.class,
            double.class, Double.class,
            boolean.class, Boolean.class);

    private final Class<T> type;
    private final RecordComponent[] components;
    private final Constructor<T> constructor;

    private RecordType(Class<T> type, RecordComponent[] components, Constructor<T> constructor) {
        this.type = type;
        this.components = components;
        this.constructor = constructor;
    }

    /** Looks at a record. */
    public static <T> RecordType<T> of(Class<T> type) {
        var components = type.getRecordComponents();
        if (components == null || components.length == 0) {
            throw new BenchtopException(
                    "no_record",
                    type.getSimpleName()
                            + " is no record with components: declare one, such as record Order(long qty) {}.");
        }
        try {
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return new RecordType<>(type, components, constructor);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has its constructor", e);
        }
    }

    /** Its components' names: the columns to ask for. */
    public List<String> columns() {
        return Arrays.stream(components).map(RecordComponent::getName).toList();
    }

    /**
     * Refuses columns that are not there.
     *
     * @throws BenchtopException {@code no_such_column}
     */
    public void check(List<String> present, String dataset) {
        for (var component : components) {
            if (!present.contains(component.getName())) {
                throw new BenchtopException(
                        "no_such_column",
                        type.getSimpleName() + " has a component '" + component.getName() + "' and " + dataset
                                + " no column of that name; it has " + String.join(", ", present) + ".");
            }
        }
    }

    /** What makes records of rows with these columns. */
    public Function<@Nullable Object[], T> maker(List<Field> columns, String dataset) {
        var places = RowIterator.places(columns);
        check(List.copyOf(places.keySet()), dataset);
        var place = Arrays.stream(components)
                .mapToInt(component -> places.get(component.getName()))
                .toArray();
        return row -> made(row, place);
    }

    private T made(@Nullable Object[] row, int[] place) {
        var values = new @Nullable Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = fitting(row[place[i]], components[i]);
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException refused
                    ? refused
                    : new IllegalArgumentException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new BenchtopException("no_record", type.getSimpleName() + " cannot be made: " + e.getMessage());
        }
    }

    private @Nullable Object fitting(@Nullable Object value, RecordComponent component) {
        var wanted = component.getType();
        if (value == null) {
            if (wanted.isPrimitive()) {
                throw new BenchtopException(
                        "missing_value",
                        "Column '" + component.getName() + "' has a missing value, and " + describe(component)
                                + " cannot be null: declare it "
                                + BOXED.getOrDefault(wanted, wanted).getSimpleName()
                                + ", or ask with where(\"" + component.getName() + " is not null\").");
            }
            return null;
        }
        var boxed = BOXED.getOrDefault(wanted, wanted);
        if (boxed.isInstance(value)) {
            return value;
        }
        if (boxed == Integer.class && value instanceof Long whole && whole == whole.intValue()) {
            return whole.intValue();
        }
        if (boxed == Double.class && value instanceof Long whole) {
            return whole.doubleValue();
        }
        if (boxed == Float.class && value instanceof Number number) {
            return number.floatValue();
        }
        throw new BenchtopException(
                "column_type_differs",
                describe(component) + " cannot hold column '" + component.getName() + "', whose values are "
                        + value.getClass().getSimpleName() + " (here " + value + ").");
    }

    private String describe(RecordComponent component) {
        return component.getType().getSimpleName() + " " + type.getSimpleName() + "." + component.getName();
    }
}
