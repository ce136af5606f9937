package io.benchtop.service.table;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.Condition.Comparison;
import io.benchtop.service.table.Condition.Like;
import io.benchtop.service.table.Condition.Missing;
import io.benchtop.service.table.Condition.OneOf;
import io.benchtop.service.table.Condition.Operator;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which rows are wanted, in a small part of SQL that means the same for a file, a database and each SDK: comparisons joined by
 * {@code and}.
 *
 * <pre>
 * filter     = condition { "and" condition }
 * condition  = column ( operator literal | ["not"] "in" "(" literal { "," literal } ")" | "is" ["not"] "null" | "like" text )
 * column     = word | '"' any '"'        operator = "=" | "==" | "!=" | "&lt;&gt;" | "&lt;" | "&lt;=" | "&gt;" | "&gt;="
 * literal    = number | text | "true" | "false"        text = "'" any, '' for one quote "'"
 * </pre>
 *
 * @param conditions all of them must hold; none lets every row pass
 */
public record RowFilter(List<Condition> conditions) {

    public static final RowFilter ALL = new RowFilter(List.of());

    private static final int LONGEST = 10_000;
    private static final int MOST_CONDITIONS = 100;
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<word>[\\p{L}_][\\p{L}\\p{N}_]*)"
            + "|(?<quoted>\"(?:[^\"]|\"\")+\")"
            + "|(?<text>'(?:[^']|'')*')"
            + "|(?<number>[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)"
            + "|(?<sign><=|>=|!=|<>|==|=|<|>|\\(|\\)|,))");

    public RowFilter {
        conditions = List.copyOf(conditions);
    }

    /**
     * Reads a filter over a table's columns.
     *
     * @throws ProblemException {@code BAD_FILTER} that says where and what was expected
     */
    public static RowFilter parse(String text, List<Column> columns) {
        if (text.length() > LONGEST) {
            throw ProblemException.of(
                    ErrorCode.BAD_FILTER,
                    "The filter has more than " + LONGEST + " characters. Read more and filter then.");
        }
        return text.isBlank() ? ALL : new Parser(text, columns).filter();
    }

    /** The columns that are looked at. */
    public List<Column> columns() {
        return conditions.stream().map(Condition::column).distinct().toList();
    }

    /** These rows without those that do not pass; closing it closes them. */
    public Rows filtered(Rows rows) {
        return conditions.isEmpty() ? rows : new FilteredRows(rows, conditions);
    }

    private record Token(String kind, String text, int at) {

        boolean is(String wanted) {
            return !kind.equals("quoted") && !kind.equals("text") && text.equalsIgnoreCase(wanted);
        }
    }

    private static final class Parser {

        private final String text;
        private final List<Column> columns;
        private final List<Token> tokens = new ArrayList<>();
        private int next;

        Parser(String text, List<Column> columns) {
            this.text = text;
            this.columns = columns;
            Matcher matcher = TOKEN.matcher(text);
            int at = 0;
            while (at < text.length() && !text.substring(at).isBlank()) {
                if (!matcher.region(at, text.length()).lookingAt()) {
                    throw refused("cannot be read", at);
                }
                tokens.add(token(matcher));
                at = matcher.end();
            }
        }

        private static Token token(Matcher matcher) {
            for (String kind : List.of("word", "quoted", "text", "number", "sign")) {
                String found = matcher.group(kind);
                if (found != null) {
                    return new Token(kind, found, matcher.start(kind));
                }
            }
            throw new IllegalStateException("a token of no kind");
        }

        RowFilter filter() {
            List<Condition> found = new ArrayList<>();
            do {
                found.add(condition());
                if (found.size() > MOST_CONDITIONS) {
                    throw refused("has more than " + MOST_CONDITIONS + " conditions", 0);
                }
            } while (taken("and"));
            if (next < tokens.size()) {
                throw refused("\"and\" or the end expected", tokens.get(next).at());
            }
            return new RowFilter(found);
        }

        private Condition condition() {
            Column column = column();
            if (taken("is")) {
                boolean missing = !taken("not");
                expect("null");
                return new Missing(column, missing);
            }
            if (taken("like")) {
                Token pattern = take("a text in single quotes");
                if (column.type() != ColumnType.TEXT || !pattern.kind().equals("text")) {
                    throw refused("\"like\" needs a column of texts and a text in single quotes", pattern.at());
                }
                return new Like(column, unquoted(pattern));
            }
            if (taken("in")) {
                return oneOf(column);
            }
            Token sign = take("a comparison, \"in\", \"like\" or \"is\"");
            try {
                return new Comparison(column, Operator.of(sign.text()), literal(column));
            } catch (IllegalArgumentException _) {
                throw refused("one of = != < <= > >= in like is expected", sign.at());
            }
        }

        private OneOf oneOf(Column column) {
            expect("(");
            List<Object> values = new ArrayList<>();
            do {
                values.add(literal(column));
            } while (taken(","));
            expect(")");
            return new OneOf(column, values);
        }

        private Column column() {
            Token token = take("the name of a column");
            String name = token.kind().equals("quoted")
                    ? token.text().substring(1, token.text().length() - 1).replace("\"\"", "\"")
                    : token.text();
            if (!token.kind().equals("quoted") && !token.kind().equals("word")) {
                throw refused("the name of a column is expected", token.at());
            }
            return columns.stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> refused("there is no column \"" + name + "\"", token.at()));
        }

        private Object literal(Column column) {
            Token token = take("a number, a text in single quotes, true or false");
            boolean truth = token.is("true") || token.is("false");
            if (!token.kind().equals("number") && !token.kind().equals("text") && !truth) {
                throw refused("a number, a text in single quotes, true or false is expected", token.at());
            }
            String value = token.kind().equals("text") ? unquoted(token) : token.text();
            // A number is no text, and a text no number: databases disagree about which they would be.
            boolean fits = column.type() == ColumnType.BOOLEAN
                    ? truth
                    : token.kind().equals("number") == column.type().isNumber() && !truth;
            try {
                if (fits) {
                    return value(value, column);
                }
            } catch (IllegalArgumentException | DateTimeException _) {
                // Said below.
            }
            throw refused(
                    "\"" + column.name() + "\" holds values of type "
                            + column.type().code() + ", which this is not",
                    token.at());
        }

        private static Object value(String text, Column column) {
            return switch (column.type()) {
                case TEXT -> text;
                case INT64 -> new BigDecimal(text);
                case DECIMAL -> new BigDecimal(text);
                default -> {
                    Object value = TextValues.parse(text, column.type());
                    if (value == null || value instanceof byte[]) {
                        throw new IllegalArgumentException(text);
                    }
                    yield value;
                }
            };
        }

        private static String unquoted(Token token) {
            return token.text().substring(1, token.text().length() - 1).replace("''", "'");
        }

        private boolean taken(String wanted) {
            boolean there = next < tokens.size() && tokens.get(next).is(wanted);
            next += there ? 1 : 0;
            return there;
        }

        private void expect(String wanted) {
            Token token = take("\"" + wanted + "\"");
            if (!token.is(wanted)) {
                throw refused("\"" + wanted + "\" is expected", token.at());
            }
        }

        private Token take(String what) {
            if (next >= tokens.size()) {
                throw refused(what + " is expected", text.length());
            }
            return tokens.get(next++);
        }

        private ProblemException refused(String why, int at) {
            return ProblemException.of(
                    ErrorCode.BAD_FILTER, "The filter is not understood at character " + (at + 1) + ": " + why + ".");
        }
    }
}
