package io.benchtop.service.table;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values as texts: what a text may be, and the value that it says. An empty text is no value. */
public final class TextValues {

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d{0,18})");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,4})?");
    // Numbers that begin with zeros are names of things: 01067 is Dresden.
    private static final Pattern NAME_IN_DIGITS = Pattern.compile("[-+]?0\\d.*");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern MOMENT =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[-+]\\d{2}:?\\d{2})?");

    private TextValues() {}

    /** Null of a text that is no value. */
    public static @Nullable ColumnType type(String text) {
        if (text.isEmpty()) {
            return null;
        }
        char first = text.charAt(0);
        if (first == 't' || first == 'f' || first == 'T' || first == 'F') {
            return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
                    ? ColumnType.BOOLEAN
                    : ColumnType.TEXT;
        }
        if (!(Character.isDigit(first) || first == '-' || first == '+' || first == '.' || text.equals("NaN"))) {
            return ColumnType.TEXT;
        }
        return numberOrTime(text);
    }

    private static ColumnType numberOrTime(String text) {
        if (WHOLE.matcher(text).matches() && fits(text)) {
            return ColumnType.INT64;
        }
        if (text.equals("NaN")
                || (NUMBER.matcher(text).matches()
                        && !NAME_IN_DIGITS.matcher(text).matches())) {
            return ColumnType.FLOAT64;
        }
        if (DAY.matcher(text).matches() && parses(text, ColumnType.DATE)) {
            return ColumnType.DATE;
        }
        if (MOMENT.matcher(text).matches()) {
            ColumnType zoned = text.endsWith("Z") || text.lastIndexOf('-') > 9 || text.indexOf('+') > 0
                    ? ColumnType.INSTANT
                    : ColumnType.TIMESTAMP;
            return parses(text, zoned) ? zoned : ColumnType.TEXT;
        }
        return ColumnType.TEXT;
    }

    private static boolean fits(String digits) {
        try {
            Long.parseLong(digits);
            return true;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private static boolean parses(String text, ColumnType type) {
        try {
            parse(text, type);
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }

    /**
     * The value that a text says; null of an empty one.
     *
     * @throws IllegalArgumentException or {@link DateTimeException} if it says none of that type
     */
    public static @Nullable Object parse(String text, ColumnType type) {
        if (text.isEmpty()) {
            return null;
        }
        return switch (type) {
            case BOOLEAN -> truth(text);
            case INT64 -> Long.valueOf(text);
            case FLOAT64 -> Double.valueOf(text);
            case DECIMAL -> new BigDecimal(text);
            case TEXT -> text;
            case DATE -> LocalDate.parse(text);
            case TIMESTAMP -> timestamp(text);
            case INSTANT -> instant(text);
            case TIME -> LocalTime.parse(text);
            case BINARY -> Base64.getDecoder().decode(text);
        };
    }

    private static Boolean truth(String text) {
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw new IllegalArgumentException("neither true nor false");
    }

    private static LocalDateTime timestamp(String text) {
        return DAY.matcher(text).matches()
                ? LocalDate.parse(text).atStartOfDay()
                : LocalDateTime.parse(text.replace(' ', 'T'));
    }

    private static Instant instant(String text) {
        String iso = text.replace(' ', 'T');
        // +0200 is how some write +02:00.
        boolean short_ = iso.matches(".*[-+]\\d{4}");
        int end = iso.length();
        return OffsetDateTime.parse(short_ ? iso.substring(0, end - 2) + ":" + iso.substring(end - 2) : iso)
                .toInstant();
    }

    /** A value as JSON has it: a truth, a number, or a text that {@link #parse} reads; what JSON has no number for is a text. */
    public static @Nullable Object json(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean truth -> truth;
            case Long whole -> whole;
            case Double number -> Double.isFinite(number) ? number : number.toString();
            case BigDecimal decimal -> decimal.toPlainString();
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            default -> value.toString();
        };
    }

    /** A value as that of a wider type. */
    public static @Nullable Object widened(@Nullable Object value, ColumnType type) {
        return switch (value) {
            case null -> null;
            case Long whole when type == ColumnType.FLOAT64 -> whole.doubleValue();
            case LocalDate day when type == ColumnType.TIMESTAMP -> day.atStartOfDay();
            case String text -> text;
            default -> type == ColumnType.TEXT ? String.valueOf(json(value)) : value;
        };
    }
}
