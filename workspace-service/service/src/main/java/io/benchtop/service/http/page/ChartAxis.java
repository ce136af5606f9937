package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One axis of a picture. Texts that are all numbers lie on it as such, by their logarithm where they are of very different
 * sizes, as rates of learning are; others lie beside each other.
 *
 * @param scale {@code value}, {@code log} or {@code category}
 * @param categories of an axis of texts, in their order
 */
record ChartAxis(String name, String scale, List<String> categories) {

    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?");
    private static final double VERY_DIFFERENT = 1_000;

    ChartAxis {
        requireNonNull(name, "name is null");
        requireNonNull(scale, "scale is null");
        categories = List.copyOf(categories);
    }

    static ChartAxis of(String name, Collection<String> values) {
        if (!areNumbers(values)) {
            return new ChartAxis(
                    name, "category", values.stream().distinct().sorted().toList());
        }
        double lowest = values.stream().mapToDouble(Double::parseDouble).min().orElse(0);
        double highest = values.stream().mapToDouble(Double::parseDouble).max().orElse(0);
        boolean log = lowest > 0 && highest / lowest >= VERY_DIFFERENT;
        return new ChartAxis(name, log ? "log" : "value", List.of());
    }

    static ChartAxis ofNumbers(String name) {
        return new ChartAxis(name, "value", List.of());
    }

    static boolean areNumbers(Collection<String> values) {
        return values.stream()
                .allMatch(value -> NUMBER.matcher(value).matches() && Double.isFinite(Double.parseDouble(value)));
    }

    /** Where one of the values lies: the number itself, or which of the categories it is. */
    Number place(String value) {
        return scale.equals("category") ? (Number) categories.indexOf(value) : (Number) Double.valueOf(value);
    }
}
