package io.benchtop.service.http.page;

import io.benchtop.service.problem.ProblemException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts as people type them into forms; an empty field is none. */
final class AmountText {

    private static final Pattern MEMORY = Pattern.compile("([0-9]{1,12}(?:[.,][0-9]{1,6})?)\\s*([kmgt]?i?b?)");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})\\s*([smhd])");
    private static final Map<String, Integer> BITS = Map.of("k", 10, "m", 20, "g", 30, "t", 40);

    private AmountText() {}

    /** "8", "8 GiB", "512 MiB", "1.5 g": without a unit GiB, because nobody has less in mind. */
    static @Nullable Long bytes(String field, String typed) {
        String text = typed.strip().toLowerCase(Locale.ROOT);
        if (text.isEmpty()) {
            return null;
        }
        Matcher matcher = MEMORY.matcher(text);
        if (!matcher.matches()) {
            throw ProblemException.invalidField(field, "must be an amount of memory such as 8 GiB or 512 MiB");
        }
        String unit = matcher.group(2);
        int bits = unit.isEmpty() ? 30 : BITS.getOrDefault(unit.substring(0, 1), 0);
        return new BigDecimal(matcher.group(1).replace(',', '.'))
                .multiply(BigDecimal.valueOf(1L << bits))
                .setScale(0, RoundingMode.DOWN)
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }

    /** What {@link #bytes} reads as exactly this. */
    static String ofBytes(@Nullable Long bytes) {
        if (bytes == null) {
            return "";
        }
        if (bytes % (1L << 30) == 0) {
            return (bytes >> 30) + " GiB";
        }
        return bytes % (1L << 20) == 0 ? (bytes >> 20) + " MiB" : bytes + " B";
    }

    static @Nullable Double decimal(String field, String typed) {
        String text = typed.strip().replace(',', '.');
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("[0-9]{1,6}(?:\\.[0-9]{1,6})?")) {
            throw ProblemException.invalidField(field, "must be a number such as 2 or 0.5");
        }
        return Double.valueOf(text);
    }

    static String ofDecimal(@Nullable Double number) {
        if (number == null) {
            return "";
        }
        return number == Math.rint(number) ? Long.toString(Math.round(number)) : number.toString();
    }

    static @Nullable Integer whole(String field, String typed) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw ProblemException.invalidField(field, "must be a whole number");
        }
        return Integer.valueOf(text);
    }

    /** "90s", "5m", "12h", "7d", or ISO-8601; as ISO-8601. */
    static @Nullable String duration(String field, String typed) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return null;
        }
        Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        try {
            return matcher.matches()
                    ? seconds(Long.parseLong(matcher.group(1)), matcher.group(2))
                            .toString()
                    : Duration.parse(text).toString();
        } catch (DateTimeParseException e) {
            throw ProblemException.invalidField(field, "must be a time such as 90s, 5m, 12h or 7d");
        }
    }

    private static Duration seconds(long number, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** What {@link #duration} reads as exactly this. */
    static String ofDuration(@Nullable String iso) {
        if (iso == null) {
            return "";
        }
        Duration duration = Duration.parse(iso);
        long seconds = duration.toSeconds();
        if (!duration.equals(Duration.ofSeconds(seconds))) {
            return iso;
        }
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
