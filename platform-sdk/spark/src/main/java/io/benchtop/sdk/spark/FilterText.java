package io.benchtop.sdk.spark;

import io.benchtop.api.dataset.Column;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.Decimal;

/**
 * A condition of Spark's in the words of the service's filter, where every row that meets the one meets the other.
 *
 * <p>What a source may compare in another way than Spark is not said, and so left to Spark: floating-point numbers (narrow ones,
 * and zeros with a sign), the order of texts (collations), texts that end in blanks. Sources also know moments finer than Spark's
 * microseconds, so that bounds of time are said a microsecond wider.
 */
final class FilterText {

    private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", "<=", ">", ">=");
    private static final int MOST_VALUES = 500;
    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    private FilterText() {}

    /** Empty where it cannot be said. */
    static Optional<String> of(Predicate predicate, Map<String, Column> columns) {
        var children = predicate.children();
        if (children.length == 0
                || !(children[0] instanceof NamedReference reference)
                || reference.fieldNames().length != 1) {
            return Optional.empty();
        }
        var column = columns.get(reference.fieldNames()[0]);
        if (column == null) {
            return Optional.empty();
        }
        var values = values(children);
        return switch (predicate.name()) {
            case "IS_NULL" -> Optional.of(quoted(column) + " is null");
            case "IS_NOT_NULL" -> Optional.of(quoted(column) + " is not null");
            case "IN" -> oneOf(column, values);
            case "STARTS_WITH" -> beginning(column, values);
            default ->
                COMPARISONS.contains(predicate.name()) && values.size() == 1
                        ? comparison(column, predicate.name(), values.get(0))
                        : Optional.empty();
        };
    }

    /** Of the literals after the column; none where something else is among them. */
    private static List<Object> values(Expression[] children) {
        var values = new ArrayList<Object>();
        for (var child : Arrays.asList(children).subList(1, children.length)) {
            if (!(child instanceof Literal<?> literal) || literal.value() == null) {
                return List.of();
            }
            values.add(literal.value());
        }
        return values;
    }

    private static Optional<String> oneOf(Column column, List<Object> values) {
        if (values.isEmpty() || values.size() > MOST_VALUES || column.type().equals("timestamp")) {
            return Optional.empty();
        }
        var literals = values.stream().map(value -> literal(column, value)).toList();
        return literals.stream().allMatch(Optional::isPresent)
                ? Optional.of(quoted(column) + " in ("
                        + literals.stream().map(Optional::orElseThrow).collect(Collectors.joining(", ")) + ")")
                : Optional.empty();
    }

    private static Optional<String> beginning(Column column, List<Object> values) {
        if (values.size() != 1 || !column.type().equals("text")) {
            return Optional.empty();
        }
        var text = values.get(0).toString();
        return text.matches(".*[%_\\\\\\x00\\n].*")
                ? Optional.empty()
                : Optional.of(quoted(column) + " like " + quoted(text + "%"));
    }

    private static Optional<String> comparison(Column column, String sign, Object value) {
        return switch (column.type()) {
            case "timestamp" -> moment(column, sign, value);
            case "text", "boolean" ->
                sign.equals("=") ? literal(column, value).map(text -> quoted(column) + " = " + text) : Optional.empty();
            default -> literal(column, value).map(text -> quoted(column) + " " + sign.replace("<>", "!=") + " " + text);
        };
    }

    private static Optional<String> moment(Column column, String sign, Object value) {
        if (!(value instanceof Long micros) || column.zoned() == null || sign.equals("<>")) {
            return Optional.empty();
        }
        var bounds = new ArrayList<String>();
        for (var bound : Map.of(">=", micros - 1, "<=", micros + 1).entrySet()) {
            if (sign.equals("=") || sign.charAt(0) == bound.getKey().charAt(0)) {
                var text = moment(bound.getValue(), column.zoned());
                if (text.isEmpty()) {
                    return Optional.empty();
                }
                bounds.add(quoted(column) + " " + bound.getKey() + " " + text.get());
            }
        }
        return Optional.of(bounds.stream().sorted().collect(Collectors.joining(" and ")));
    }

    private static Optional<String> moment(long micros, boolean zoned) {
        var instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        var local = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return isWritten(local.toLocalDate())
                ? Optional.of(quoted(zoned ? instant.toString() : local.toString()))
                : Optional.empty();
    }

    private static Optional<String> literal(Column column, Object value) {
        return switch (column.type()) {
            case "int64" ->
                value instanceof Number && !(value instanceof Decimal)
                        ? Optional.of(value.toString())
                        : Optional.empty();
            case "decimal" -> value instanceof Decimal decimal ? Optional.of(plain(decimal)) : Optional.empty();
            case "boolean" -> value instanceof Boolean ? Optional.of(value.toString()) : Optional.empty();
            case "date" -> value instanceof Integer days ? day(days) : Optional.empty();
            case "text" -> text(value.toString());
            default -> Optional.empty();
        };
    }

    private static String plain(Decimal decimal) {
        BigDecimal exact = decimal.toJavaBigDecimal();
        return exact.toPlainString();
    }

    private static Optional<String> day(int days) {
        var day = LocalDate.ofEpochDay(days);
        return isWritten(day) ? Optional.of(quoted(day.toString())) : Optional.empty();
    }

    private static Optional<String> text(String text) {
        return text.endsWith(" ") || text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(quoted(text));
    }

    private static boolean isWritten(LocalDate day) {
        return !day.isBefore(FIRST) && !day.isAfter(LAST);
    }

    private static String quoted(Column column) {
        return "\"" + column.name().replace("\"", "\"\"") + "\"";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
