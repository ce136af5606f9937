package io.benchtop.service.experiment;

import io.benchtop.service.experiment.FilterTokens.Kind;
import io.benchtop.service.experiment.FilterTokens.Token;
import io.benchtop.service.experiment.RunCondition.Absent;
import io.benchtop.service.experiment.RunCondition.Comparison;
import io.benchtop.service.experiment.RunCondition.Literal;
import io.benchtop.service.experiment.RunCondition.Membership;
import io.benchtop.service.experiment.RunCondition.Numeral;
import io.benchtop.service.experiment.RunCondition.Operator;
import io.benchtop.service.experiment.RunCondition.Text;
import io.benchtop.service.experiment.RunField.Attribute;
import io.benchtop.service.experiment.RunField.OfDataset;
import io.benchtop.service.experiment.RunField.OfMetric;
import io.benchtop.service.experiment.RunField.OfParam;
import io.benchtop.service.experiment.RunField.OfTag;
import io.benchtop.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads searches for runs as MLflow writes them: {@code metrics.accuracy > 0.9 and params."model type" = 'tree'}, conditions
 * joined by AND. What comes out holds names and values apart, so that nothing of a search ever becomes part of a query's text.
 *
 * @see <a href="https://mlflow.org/docs/latest/ml/search/search-runs/">MLflow: Search Runs</a>
 */
public final class RunSearch {

    private static final int MOST_CONDITIONS = 50;

    /** The embedded database tries every way in which they may fit. */
    private static final int MOST_WILDCARDS = 4;

    private static final int MOST_ORDERS = 10;
    private static final String FIELDS =
            "what can be searched are metrics.<name>, params.<name>, tags.<name>, dataset.name, dataset.digest,"
                    + " dataset.context and the attributes run_id, run_name, status, user_id, start_time and end_time";

    private final FilterTokens tokens;

    private RunSearch(FilterTokens tokens) {
        this.tokens = tokens;
    }

    /** An empty search asks for nothing, which every run meets. */
    public static List<RunCondition> conditions(String filter) {
        RunSearch search = new RunSearch(new FilterTokens("filter", filter));
        List<RunCondition> conditions = new ArrayList<>();
        while (!search.tokens.atEnd()) {
            if (!conditions.isEmpty()) {
                search.tokens.requireAnd();
            }
            conditions.add(search.condition());
            if (conditions.size() > MOST_CONDITIONS) {
                throw search.tokens.refused(
                        new Token(Kind.WORD, "AND", 1), "at most " + MOST_CONDITIONS + " conditions can be joined");
            }
        }
        return conditions;
    }

    /** The first counts most. */
    static List<RunOrder> orders(List<String> texts) {
        if (texts.size() > MOST_ORDERS) {
            throw ProblemException.invalidField(
                    "order_by", "names " + texts.size() + " fields, and at most " + MOST_ORDERS + " are possible");
        }
        return texts.stream().map(RunSearch::order).toList();
    }

    /** A field with ASC or DESC behind it, or nothing. */
    public static RunOrder order(String text) {
        RunSearch search = new RunSearch(new FilterTokens("order_by", text));
        RunField field = search.field();
        boolean descending = search.tokens.endsDescending();
        if (field instanceof OfDataset) {
            throw search.tokens.refused(new Token(Kind.WORD, text, 1), "runs are not ordered by their datasets");
        }
        return new RunOrder(field, descending);
    }

    private RunCondition condition() {
        RunField field = field();
        if (tokens.skip("IS")) {
            boolean absent = !tokens.skip("NOT");
            Token word = tokens.next("NULL");
            if (!word.text().equalsIgnoreCase("NULL") || field.isNumber()) {
                throw tokens.refused(word, "IS NULL and IS NOT NULL ask for params and tags, and for nothing else");
            }
            return new Absent(field, absent);
        }
        if (tokens.skip("NOT")) {
            Token word = tokens.next("IN");
            if (!word.text().equalsIgnoreCase("IN")) {
                throw tokens.refused(word, "NOT can only stand before IN");
            }
            return membership(field, false);
        }
        if (tokens.skip("IN")) {
            return membership(field, true);
        }
        return comparison(field);
    }

    private RunCondition membership(RunField field, boolean isIn) {
        if (field.isNumber()) {
            throw tokens.refused(tokens.next("("), "IN asks whether a text is in a list such as ('a', 'b')");
        }
        return new Membership(field, isIn, tokens.texts());
    }

    private RunCondition comparison(RunField field) {
        Token sign = tokens.next("a comparison such as = or >");
        Operator operator = operator(sign)
                .orElseThrow(() ->
                        tokens.refused(sign, "must be one of = != < <= > >= LIKE ILIKE IN NOT IN IS NULL IS NOT NULL"));
        Token value = tokens.next("a value");
        if (field.isNumber()) {
            if (operator.isPattern()) {
                throw tokens.refused(sign, "numbers are not compared with patterns");
            }
            return new Comparison(field, operator, number(value));
        }
        boolean order = operator != Operator.EQUAL && operator != Operator.UNEQUAL && !operator.isPattern();
        if (order) {
            throw tokens.refused(sign, "texts are compared with = != LIKE and ILIKE only");
        }
        String text = tokens.text(value);
        if (operator.isPattern() && text.chars().filter(each -> each == '%').count() > MOST_WILDCARDS) {
            throw tokens.refused(value, "a pattern may hold at most " + MOST_WILDCARDS + " times %");
        }
        return new Comparison(field, operator, new Text(text));
    }

    private static Optional<Operator> operator(Token sign) {
        String text = sign.text().equals("==") ? "=" : sign.text().toUpperCase(Locale.ROOT);
        return Arrays.stream(Operator.values())
                .filter(operator -> operator.sign().equals(text))
                .findFirst();
    }

    private Literal number(Token value) {
        try {
            if (value.kind() == Kind.WORD) {
                return new Numeral(Double.parseDouble(value.text()));
            }
        } catch (NumberFormatException _) {
            // Said below, as of everything that is none.
        }
        throw tokens.refused(value, "must be a number, without quotation marks");
    }

    private RunField field() {
        Token token = tokens.next("a field");
        if (token.kind() == Kind.QUOTED) {
            return attribute(token, token.text());
        }
        if (token.kind() != Kind.WORD) {
            throw tokens.refused(token, FIELDS);
        }
        int dot = token.text().indexOf('.');
        if (dot < 0) {
            return attribute(token, token.text());
        }
        String rest = token.text().substring(dot + 1);
        String key = rest.isEmpty() ? name(tokens.next("a name")) : rest;
        return switch (token.text().substring(0, dot).toLowerCase(Locale.ROOT)) {
            case "metric", "metrics" -> new OfMetric(key);
            case "param", "params", "parameter", "parameters" -> new OfParam(key);
            case "tag", "tags" -> new OfTag(key);
            case "attribute", "attributes", "attr", "run" -> attribute(token, key);
            case "dataset", "datasets" -> dataset(token, key);
            default -> throw tokens.refused(token, FIELDS);
        };
    }

    private String name(Token token) {
        if (token.kind() == Kind.QUOTED) {
            return token.text();
        }
        throw tokens.refused(
                token, "a name with other characters than letters, digits, _ . / and - stands in backticks");
    }

    private RunField dataset(Token token, String key) {
        return switch (key.toLowerCase(Locale.ROOT)) {
            case "name" -> OfDataset.NAME;
            case "digest" -> OfDataset.DIGEST;
            case "context" -> OfDataset.CONTEXT;
            default -> throw tokens.refused(token, FIELDS);
        };
    }

    private RunField attribute(Token token, String name) {
        return switch (name.toLowerCase(Locale.ROOT).replace(' ', '_')) {
            case "run_id" -> Attribute.RUN_ID;
            case "run_name" -> Attribute.RUN_NAME;
            case "status" -> Attribute.STATUS;
            case "user_id" -> Attribute.USER_ID;
            case "start_time", "created" -> Attribute.START_TIME;
            case "end_time" -> Attribute.END_TIME;
            default -> throw tokens.refused(token, FIELDS);
        };
    }
}
