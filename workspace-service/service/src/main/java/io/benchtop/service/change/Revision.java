package io.benchtop.service.change;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the change log, the same on every replica.
 *
 * @param number counts up without a gap
 * @param mark tells it from the place of the same number in a history that was lost with a database's last commits
 */
public record Revision(long number, String mark) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-([a-z0-9]{1,12})");

    public Revision {
        requireNonNull(mark, "mark is null");
        if (number < 0 || !TEXT.matcher(number + "-" + mark).matches()) {
            throw new IllegalArgumentException("not a revision: " + number + "-" + mark);
        }
    }

    /** The revision that somebody was told as text; empty if it is none. */
    public static Optional<Revision> find(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new Revision(Long.parseLong(parts.group(1)), parts.group(2)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return number + "-" + mark;
    }
}
