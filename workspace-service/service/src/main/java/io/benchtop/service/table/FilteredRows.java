package io.benchtop.service.table;

import io.benchtop.service.table.Condition.Comparison;
import io.benchtop.service.table.Condition.Like;
import io.benchtop.service.table.Condition.Missing;
import io.benchtop.service.table.Condition.OneOf;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rows of which conditions hold. */
final class FilteredRows extends ForwardingRows {

    private final int[] places;
    private final List<Predicate<@Nullable Object>> tests;

    FilteredRows(Rows rows, List<Condition> conditions) {
        super(rows);
        this.places = conditions.stream()
                .mapToInt(condition -> place(rows.columns(), condition.column().name()))
                .toArray();
        this.tests = conditions.stream().map(FilteredRows::test).toList();
    }

    private static int place(List<Column> columns, String name) {
        for (int at = 0; at < columns.size(); at++) {
            if (columns.get(at).name().equals(name)) {
                return at;
            }
        }
        throw new IllegalStateException("no column " + name + " to filter by");
    }

    private static Predicate<@Nullable Object> test(Condition condition) {
        return switch (condition) {
            case Missing missing -> value -> (value == null) == missing.missing();
            case Comparison comparison ->
                value -> value != null && comparison.operator().holds(compare(value, comparison.value()));
            case OneOf oneOf ->
                value -> value != null && oneOf.values().stream().anyMatch(each -> compare(value, each) == 0);
            case Like like -> {
                Pattern pattern = pattern(like.pattern());
                yield value ->
                        value instanceof String text && pattern.matcher(text).matches();
            }
        };
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(Object value, Object other) {
        if (value instanceof Long whole && other instanceof BigDecimal decimal) {
            return BigDecimal.valueOf(whole).compareTo(decimal);
        }
        return ((Comparable) value).compareTo(other);
    }

    /** Nothing but the two signs stands for more than itself. */
    private static Pattern pattern(String like) {
        StringBuilder expression = new StringBuilder();
        like.codePoints()
                .forEach(each -> expression.append(
                        switch (each) {
                            case '%' -> ".*";
                            case '_' -> ".";
                            default -> Pattern.quote(Character.toString(each));
                        }));
        return Pattern.compile(expression.toString(), Pattern.DOTALL);
    }

    @Override
    public boolean next() throws IOException {
        while (super.next()) {
            if (passes()) {
                return true;
            }
        }
        return false;
    }

    private boolean passes() {
        for (int at = 0; at < places.length; at++) {
            if (!tests.get(at).test(value(places[at]))) {
                return false;
            }
        }
        return true;
    }
}
