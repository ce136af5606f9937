package io.benchtop.service.experiment;

import io.benchtop.service.experiment.FilterTokens.Token;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads searches through what is small enough to be looked through in memory: conditions joined by AND, each of a field, a
 * comparison and a value.
 *
 * @param <T> what is searched
 */
public abstract class TextSearch<T> {

    final FilterTokens tokens;

    protected TextSearch(FilterTokens tokens) {
        this.tokens = tokens;
    }

    protected final FilterTokens tokens() {
        return tokens;
    }

    /** What the field that was just read asks, with what follows it. */
    protected abstract Predicate<T> condition(Token field);

    protected final Predicate<T> all() {
        Predicate<T> all = _ -> true;
        boolean first = true;
        while (!tokens.atEnd()) {
            if (!first) {
                tokens.requireAnd();
            }
            all = all.and(condition(tokens.next("a field")));
            first = false;
        }
        return all;
    }

    /** The name behind {@code tags.} or {@code params.}, which may stand in backticks. */
    protected final String key(Token field, String prefix) {
        String rest = field.text().substring(prefix.length());
        return rest.isEmpty() ? tokens.next("a name").text() : rest;
    }

    protected static String attribute(Token field) {
        return field.text().toLowerCase(Locale.ROOT).replaceFirst("^attributes?\\.", "");
    }

    protected final Predicate<T> text(Function<T, @Nullable String> field) {
        Optional<Predicate<String>> membership = membership();
        return ofText(field, membership.isPresent() ? membership.get() : comparison());
    }

    private static <T> Predicate<T> ofText(Function<T, @Nullable String> field, Predicate<String> test) {
        return item -> {
            String found = field.apply(item);
            return found != null && test.test(found);
        };
    }

    /** {@code IN ('a', 'b')}, or not. */
    private Optional<Predicate<String>> membership() {
        boolean not = tokens.skip("NOT");
        if (!tokens.skip("IN")) {
            if (not) {
                throw tokens.refused(tokens.next("IN"), "NOT can only stand before IN");
            }
            return Optional.empty();
        }
        List<String> texts = tokens.texts();
        return Optional.of(text -> texts.contains(text) != not);
    }

    private Predicate<String> comparison() {
        Token sign = tokens.next("a comparison");
        String value = tokens.text(tokens.next("a text in quotation marks"));
        return switch (sign.text().toUpperCase(Locale.ROOT)) {
            case "=", "==" -> value::equals;
            case "!=" -> text -> !text.equals(value);
            case "LIKE" -> text -> fits(text, value);
            case "ILIKE" -> text -> fits(text.toLowerCase(Locale.ROOT), value.toLowerCase(Locale.ROOT));
            default -> throw tokens.refused(sign, "must be one of = != LIKE ILIKE IN NOT IN");
        };
    }

    /**
     * Whether a text fits a pattern with % for any characters and _ for one. Goes back to the last % only, so that no pattern
     * takes longer than the product of both lengths.
     */
    private static boolean fits(String text, String pattern) {
        int at = 0;
        int wanted = 0;
        int retryAt = -1;
        int afterPercent = -1;
        while (at < text.length()) {
            char next = wanted < pattern.length() ? pattern.charAt(wanted) : '\0';
            if (wanted < pattern.length() && next == '%') {
                afterPercent = ++wanted;
                retryAt = at;
            } else if (wanted < pattern.length() && (next == '_' || next == text.charAt(at))) {
                wanted++;
                at++;
            } else if (afterPercent >= 0) {
                wanted = afterPercent;
                at = ++retryAt;
            } else {
                return false;
            }
        }
        return pattern.substring(wanted).chars().allMatch(each -> each == '%');
    }

    protected final Predicate<T> number(ToLongFunction<T> field) {
        Token sign = tokens.next("a comparison");
        Token value = tokens.next("a number");
        long limit;
        try {
            limit = Long.parseLong(value.text());
        } catch (NumberFormatException _) {
            throw tokens.refused(value, "must be a whole number, without quotation marks");
        }
        Predicate<Integer> test = test(sign);
        return one -> test.test(Long.compare(field.applyAsLong(one), limit));
    }

    /** What a number must meet; one that is not a number meets {@code !=} alone. The two zeros are one. */
    Predicate<Double> decimal() {
        Token sign = tokens.next("a comparison");
        Token value = tokens.next("a number");
        double limit;
        try {
            limit = Double.parseDouble(value.text());
        } catch (NumberFormatException _) {
            throw tokens.refused(value, "must be a number, without quotation marks");
        }
        Predicate<Integer> test = test(sign);
        boolean meetsAll = sign.text().equals("!=");
        return number -> number.isNaN() ? meetsAll : test.test(Double.compare(number + 0.0, limit + 0.0));
    }

    /** Of a number and a limit, as a comparator compares them. */
    private Predicate<Integer> test(Token sign) {
        return switch (sign.text()) {
            case "=", "==" -> order -> order == 0;
            case "!=" -> order -> order != 0;
            case "<" -> order -> order < 0;
            case "<=" -> order -> order <= 0;
            case ">" -> order -> order > 0;
            case ">=" -> order -> order >= 0;
            default -> throw tokens.refused(sign, "must be one of = != < <= > >=");
        };
    }
}
