package io.benchtop.service.experiment;

import io.benchtop.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of a search, one after the other. */
public final class FilterTokens {

    /** What a word is. */
    public enum Kind {
        /** A name, a number or a keyword. */
        WORD,
        /** In single quotes: a text. */
        TEXT,
        /** In double quotes or backticks: a name, or a text where one is asked for. */
        QUOTED,
        SIGN
    }

    /** @param at where it begins in the search, from 1 */
    public record Token(Kind kind, String text, int at) {}

    private static final Pattern NEXT = Pattern.compile(
            "\\s*(?:(?<word>[\\w./+-]+)|'(?<text>[^']*)'|\"(?<double>[^\"]*)\"|`(?<back>[^`]*)`|(?<sign><=|>=|!=|==|[=<>(),]))");
    private static final int LONGEST = 10_000;

    private final String field;
    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    /** @param field of the request, for what is said about it */
    public FilterTokens(String field, String source) {
        this.field = field;
        this.source = source;
        if (source.length() > LONGEST) {
            throw ProblemException.invalidField(field, "has more than " + LONGEST + " characters");
        }
        if (source.indexOf('\0') >= 0) {
            throw ProblemException.invalidField(field, "must not hold the character NUL");
        }
        String text = source.stripTrailing();
        Matcher matcher = NEXT.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw refused(at + 1, "cannot be read from here on; is a quotation mark missing?");
            }
            tokens.add(token(matcher));
            at = matcher.end();
        }
    }

    private static Token token(Matcher matcher) {
        for (String group : List.of("word", "text", "double", "back", "sign")) {
            String found = matcher.group(group);
            if (found != null) {
                Kind kind = switch (group) {
                    case "word" -> Kind.WORD;
                    case "text" -> Kind.TEXT;
                    case "sign" -> Kind.SIGN;
                    default -> Kind.QUOTED;
                };
                int quote = kind == Kind.TEXT || kind == Kind.QUOTED ? 1 : 0;
                return new Token(kind, found, matcher.start(group) + 1 - quote);
            }
        }
        throw new IllegalStateException("the pattern matched nothing");
    }

    boolean atEnd() {
        return position == tokens.size();
    }

    public Token next(String wanted) {
        if (atEnd()) {
            throw refused(source.length() + 1, "ends where " + wanted + " is expected");
        }
        return tokens.get(position++);
    }

    private @Nullable Token peek() {
        return atEnd() ? null : tokens.get(position);
    }

    /** Goes on if this word comes next, in capitals or not. */
    boolean skip(String word) {
        Token token = peek();
        boolean found = token != null
                && token.kind() == Kind.WORD
                && token.text().toUpperCase(Locale.ROOT).equals(word);
        position += found ? 1 : 0;
        return found;
    }

    boolean skipSign(String sign) {
        Token token = peek();
        boolean found =
                token != null && token.kind() == Kind.SIGN && token.text().equals(sign);
        position += found ? 1 : 0;
        return found;
    }

    /** Goes on behind the AND between two conditions. */
    void requireAnd() {
        if (!skip("AND")) {
            throw refused(next("AND"), "conditions can only be joined by AND");
        }
    }

    /** Whether DESC stands behind the field of an order; nothing else but ASC may, and nothing behind either. */
    public boolean endsDescending() {
        boolean descending = skip("DESC");
        if (!descending) {
            skip("ASC");
        }
        if (!atEnd()) {
            throw refused(next("the end"), "only ASC or DESC may follow the field");
        }
        return descending;
    }

    /** A list such as {@code ('a', 'b')}. */
    List<String> texts() {
        Token open = next("(");
        if (!open.text().equals("(")) {
            throw refused(open, "IN asks whether a text is in a list such as ('a', 'b')");
        }
        List<String> texts = new ArrayList<>();
        do {
            texts.add(text(next("a text in quotation marks")));
        } while (skipSign(","));
        Token close = next(")");
        if (!close.text().equals(")")) {
            throw refused(close, "a list ends with )");
        }
        return texts;
    }

    String text(Token value) {
        if (value.kind() == Kind.TEXT || value.kind() == Kind.QUOTED) {
            return value.text();
        }
        throw refused(value, "must be a text in quotation marks");
    }

    /** Says what is wrong with one of them. */
    public ProblemException refused(Token token, String why) {
        return refused(token.at(), "\"" + token.text() + "\": " + why);
    }

    private ProblemException refused(int at, String why) {
        return ProblemException.invalidField(field, "at character " + at + ": " + why);
    }
}
