package io.benchtop.service.http.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A moment as people say it, with the exact one beside it for those who want it.
 *
 * @param at the moment
 * @param text as people say it, such as "3 min ago"
 */
record HumaneTime(Instant at, String text) {

    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** How long before or after now. */
    static HumaneTime relative(Instant at, Instant now) {
        Duration ago = Duration.between(at, now);
        Duration distance = ago.abs();
        String text;
        if (distance.compareTo(Duration.ofSeconds(45)) < 0) {
            text = ago.isNegative() ? "in a moment" : "just now";
        } else if (distance.compareTo(Duration.ofDays(28)) > 0) {
            text = DAY.format(at);
        } else {
            text = ago.isNegative() ? "in " + roughly(distance) : roughly(distance) + " ago";
        }
        return new HumaneTime(at, text);
    }

    /** The exact moment as the text itself, for lists in which the order matters. */
    static HumaneTime exactly(Instant at) {
        return new HumaneTime(at, EXACT.format(at).replace(" UTC", ""));
    }

    String exact() {
        return EXACT.format(at);
    }

    /** Two units at most: "42 s", "3 min", "2 h 05 min", "4 d 3 h". */
    static String lasting(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return Math.max(0, duration.toSeconds()) + " s";
        }
        if (duration.compareTo(Duration.ofHours(1)) < 0) {
            return duration.toMinutes() + " min";
        }
        if (duration.compareTo(Duration.ofDays(1)) < 0) {
            return "%d h %02d min".formatted(duration.toHours(), duration.toMinutesPart());
        }
        return duration.toDays() + " d " + duration.toHoursPart() + " h";
    }

    private static String roughly(Duration distance) {
        if (distance.compareTo(Duration.ofMinutes(60)) < 0) {
            return Math.max(1, distance.toMinutes()) + " min";
        }
        if (distance.compareTo(Duration.ofHours(36)) < 0) {
            return distance.toHours() + " h";
        }
        return Math.round(distance.toHours() / 24.0) + " days";
    }
}
