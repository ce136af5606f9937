package io.benchtop.sdk;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Figures as people read them. */
final class Words {

    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    private static final DateTimeFormatter TO_THE_SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx", Locale.ROOT);

    private Words() {}

    /** {@code 314572800} as {@code 300 MiB}. */
    static String ofBytes(long count) {
        double size = count;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, size < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", size, UNITS[unit]);
    }

    /** With two digits after the point at most, and none that say nothing: {@code 90}, {@code 0.25}. */
    static String ofNumber(double number) {
        return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }

    /** In the time zone of this machine. */
    static String ofInstant(Instant instant) {
        return TO_THE_SECOND.format(instant.atZone(ZoneId.systemDefault()));
    }

    /** Headings and values in the given order. */
    static Map<String, String> table(String... headingsAndValues) {
        var table = new java.util.LinkedHashMap<String, String>();
        for (int i = 0; i < headingsAndValues.length; i += 2) {
            table.put(headingsAndValues[i], headingsAndValues[i + 1]);
        }
        return table;
    }
}
