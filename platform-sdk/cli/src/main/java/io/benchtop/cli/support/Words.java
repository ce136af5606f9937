package io.benchtop.cli.support;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Figures as people read them. */
public final class Words {

    private static final DateTimeFormatter TO_THE_MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final String NOTHING = "-";

    private Words() {}

    public static String ofBytes(@Nullable Long bytes) {
        if (bytes == null) {
            return NOTHING;
        }
        var mebibytes = bytes / (1024.0 * 1024);
        return mebibytes < 1024
                ? String.format(Locale.ROOT, "%.0f MiB", mebibytes)
                : String.format(Locale.ROOT, "%.1f GiB", mebibytes / 1024);
    }

    /** An ISO-8601 instant in the time zone of this machine. */
    public static String ofInstant(@Nullable String instant) {
        return Optional.ofNullable(instant)
                .map(it -> TO_THE_MINUTE.format(Instant.parse(it).atZone(ZoneId.systemDefault())))
                .orElse(NOTHING);
    }

    /** How long ago an ISO-8601 instant was. */
    public static String since(@Nullable String instant, Instant now) {
        if (instant == null) {
            return NOTHING;
        }
        var passed = Duration.between(Instant.parse(instant), now);
        if (passed.toMinutes() < 1) {
            return Math.max(0, passed.toSeconds()) + " s";
        }
        if (passed.toHours() < 1) {
            return passed.toMinutes() + " min";
        }
        return passed.toDays() < 2 ? passed.toHours() + " h" : passed.toDays() + " days";
    }
}
