package io.benchtop.sdk;

import io.benchtop.sdk.error.BenchtopException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them ({@code 90s}, {@code 30m}, {@code 2h}, {@code 1d}, {@code 1h30m}, {@code PT2H}) and as they are sent. */
public final class DurationText {

    private static final Pattern SHORT =
            Pattern.compile("(?:(\\d{1,9})D)?(?:(\\d{1,9})H)?(?:(\\d{1,9})M)?(?:(\\d{1,9})S)?");
    private static final Pattern ISO =
            Pattern.compile("P(?:(\\d{1,9})D)?(?:T(?:(\\d{1,9})H)?(?:(\\d{1,9})M)?(?:(\\d{1,9})S)?)?");
    private static final long[] UNITS = {86_400, 3_600, 60, 1};

    private DurationText() {}

    /**
     * Reads a duration: whole seconds, more than none.
     *
     * @throws BenchtopException {@code bad_duration}
     */
    public static Duration parse(String text) {
        var spelled = text.strip().toUpperCase(Locale.ROOT);
        for (var pattern : new Pattern[] {SHORT, ISO}) {
            Matcher found = pattern.matcher(spelled);
            if (found.matches() && seconds(found) > 0) {
                return Duration.ofSeconds(seconds(found));
            }
        }
        throw new BenchtopException(
                "bad_duration",
                "'" + text
                        + "' is no duration; write for example 30m, 2h, 1d or 1h30m (whole seconds, more than none).");
    }

    private static long seconds(Matcher found) {
        long seconds = 0;
        for (int i = 0; i < UNITS.length; i++) {
            var number = found.group(i + 1);
            seconds += number == null ? 0 : Long.parseLong(number) * UNITS[i];
        }
        return seconds;
    }

    /**
     * Writes a duration as it is sent: whole days as {@code P1D}, all else in hours, minutes and seconds.
     *
     * @throws BenchtopException {@code bad_duration} for none, less than none, or a fraction of a second
     */
    public static String toIso(Duration duration) {
        if (duration.isNegative() || duration.isZero() || duration.getNano() != 0) {
            throw new BenchtopException(
                    "bad_duration", duration + " cannot be used: a duration here is whole seconds, more than none.");
        }
        var seconds = duration.getSeconds();
        return seconds % UNITS[0] == 0 ? "P" + seconds / UNITS[0] + "D" : duration.toString();
    }
}
