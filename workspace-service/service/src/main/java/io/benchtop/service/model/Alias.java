package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;
import java.util.Locale;
import java.util.regex.Pattern;

/** A name for whichever version it points to, such as {@code production}. */
public record Alias(String value) implements Comparable<Alias> {

    private static final Pattern VALID = Pattern.compile("[A-Za-z][\\w-]{0,62}");
    private static final Pattern NUMBER = Pattern.compile("v\\d+");

    public Alias {
        requireNonNull(value, "value is null");
        String small = value.toLowerCase(Locale.ROOT);
        if (!VALID.matcher(value).matches() || NUMBER.matcher(small).matches() || small.equals("latest")) {
            throw ProblemException.invalidField(
                    "alias",
                    "must be 1 to 63 letters, digits, _ or -, begin with a letter, and be neither latest nor v and a number");
        }
    }

    @Override
    public int compareTo(Alias other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
