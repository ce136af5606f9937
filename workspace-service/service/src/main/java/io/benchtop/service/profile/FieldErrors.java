package io.benchtop.service.profile;

import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.problem.ProblemException.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with each field, and goes on to the next. */
final class FieldErrors {

    private static final int MOST = 50;

    private final List<FieldError> errors = new ArrayList<>();

    void add(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    /** The value, or null after its error was noted. A constructor that names its own part is believed. */
    <T> @Nullable T of(String field, Supplier<T> value) {
        try {
            return value.get();
        } catch (ProblemException refused) {
            refused.errors().forEach(error -> add(named(field, error.field()), error.message()));
        } catch (IllegalArgumentException refused) {
            add(field, String.valueOf(refused.getMessage()));
        }
        return null;
    }

    /** Those that are right. */
    <A, T> List<T> each(String field, @Nullable List<A> asked, Function<A, T> read) {
        List<T> values = new ArrayList<>();
        if (asked == null || isTooLong(field, asked.size())) {
            return values;
        }
        for (int i = 0; i < asked.size(); i++) {
            A one = asked.get(i);
            String name = field + "[" + i + "]";
            if (one == null) {
                add(name, "is null; leave it out");
            } else {
                T value = of(name, () -> read.apply(one));
                if (value != null) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    /** The entries as they are, or none if one of them is wrong. */
    Map<String, String> entries(
            String field, @Nullable Map<String, String> asked, Consumer<Map<String, String>> check) {
        if (asked == null || isTooLong(field, asked.size())) {
            return Map.of();
        }
        if (asked.values().stream().anyMatch(Objects::isNull)) {
            add(field, "has a name without a value; leave it out");
            return Map.of();
        }
        Map<String, String> checked = of(field, () -> {
            check.accept(asked);
            return asked;
        });
        return checked == null ? Map.of() : checked;
    }

    private boolean isTooLong(String field, int size) {
        if (size > MOST) {
            add(field, "must be at most " + MOST + ", not " + size);
        }
        return size > MOST;
    }

    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalidFields(errors);
        }
    }

    private static String named(String field, String part) {
        boolean same = part.equals(field) || part.startsWith(field + ".");
        return same ? part : field.endsWith("]") ? field + "." + part : field;
    }
}
