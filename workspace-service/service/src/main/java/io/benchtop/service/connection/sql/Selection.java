package io.benchtop.service.connection.sql;

import io.benchtop.service.connection.TableSource.Relation;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.Condition;
import io.benchtop.service.table.Condition.Comparison;
import io.benchtop.service.table.Condition.Like;
import io.benchtop.service.table.Condition.Missing;
import io.benchtop.service.table.Condition.OneOf;
import io.benchtop.service.table.Condition.Operator;
import io.benchtop.service.table.RowFilter;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One {@code select} over a relation. Names are quoted and values are bound; somebody's query stands in brackets, so that nothing
 * but what may stand in a {@code from} can be one.
 *
 * @param text with a question mark for each value
 */
record Selection(String text, List<Bound> values) {

    private static final int LONGEST_QUERY = 100_000;

    // The driver of PostgreSQL would send what follows a semicolon as a statement of its own, which could end the
    // transaction that
    // only reads; where a text or a comment ends, and so which semicolon counts, is not ours to know.
    private static final Pattern MORE_THAN_READS = Pattern.compile(";|\\binto\\b", Pattern.CASE_INSENSITIVE);

    Selection {
        values = List.copyOf(values);
    }

    /** No row, but all columns. */
    static Selection ofNothing(Relation relation, Dialect dialect) {
        return new Selection("select * from " + from(relation, dialect) + " where 1 = 0", List.of());
    }

    static Selection of(Relation relation, List<Column> columns, RowFilter filter, Dialect dialect) {
        String wanted = columns.isEmpty()
                ? "1"
                : columns.stream().map(column -> dialect.quoted(column.name())).collect(Collectors.joining(", "));
        List<Bound> values = new ArrayList<>();
        String where = filter.conditions().stream()
                .map(condition -> where(condition, dialect, values))
                .collect(Collectors.joining(" and "));
        return new Selection(
                "select " + wanted + " from " + from(relation, dialect) + (where.isEmpty() ? "" : " where " + where),
                values);
    }

    void bind(PreparedStatement statement, Dialect dialect) throws SQLException {
        for (int at = 0; at < values.size(); at++) {
            dialect.bind(
                    statement, at + 1, values.get(at).column(), values.get(at).value());
        }
    }

    private static String from(Relation relation, Dialect dialect) {
        return switch (relation) {
            case Relation.Table table ->
                (table.schema() == null ? "" : name(table.schema(), dialect) + ".") + name(table.table(), dialect);
            case Relation.Query query -> "(\n" + oneThatReads(query.text()) + "\n) " + dialect.quoted("benchtop_query");
        };
    }

    private static String name(String name, Dialect dialect) {
        if (name.isEmpty() || name.length() > 128 || name.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.of(
                    ErrorCode.BAD_REQUEST,
                    "The name of a schema or table has 1 to 128 characters, all of which can be seen.");
        }
        return dialect.quoted(name);
    }

    private static String oneThatReads(String text) {
        String query = text.strip();
        query = query.endsWith(";") ? query.substring(0, query.length() - 1) : query;
        if (query.isBlank() || query.length() > LONGEST_QUERY || query.indexOf('\0') >= 0) {
            throw ProblemException.of(
                    ErrorCode.BAD_REQUEST,
                    "A query has 1 to " + LONGEST_QUERY + " characters, none of them of code 0.");
        }
        if (MORE_THAN_READS.matcher(query).find()) {
            throw ProblemException.of(
                    ErrorCode.BAD_REQUEST,
                    "A query is one statement that reads: it has no semicolon but at its end, and no word INTO, not even in a"
                            + " text or a comment.");
        }
        return query;
    }

    private static String where(Condition condition, Dialect dialect, List<Bound> values) {
        Column column = condition.column();
        String quoted = dialect.quoted(column.name());
        return switch (condition) {
            case Comparison comparison -> {
                Operator operator = comparison.operator();
                values.add(new Bound(column, comparison.value()));
                yield dialect.compared(column, quoted, operator) + " "
                        + (operator == Operator.UNEQUAL ? "<>" : operator.sign()) + " ?";
            }
            case OneOf oneOf -> {
                oneOf.values().forEach(value -> values.add(new Bound(column, value)));
                yield dialect.compared(column, quoted, Operator.EQUAL) + " in ("
                        + String.join(", ", Collections.nCopies(oneOf.values().size(), "?")) + ")";
            }
            case Missing missing -> quoted + (missing.missing() ? " is null" : " is not null");
            case Like like -> {
                values.add(new Bound(column, dialect.pattern(like.pattern())));
                yield dialect.like(quoted);
            }
        };
    }

    /** A value and the column that it is compared with. */
    record Bound(Column column, Object value) {}
}
