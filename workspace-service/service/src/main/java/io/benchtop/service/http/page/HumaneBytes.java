package io.benchtop.service.http.page;

import java.util.Locale;

/** Amounts of memory as people read them. */
final class HumaneBytes {

    private static final long MEBI = 1024L * 1024;
    private static final long GIBI = 1024 * MEBI;

    private HumaneBytes() {}

    /** At most three digits: "512 MiB", "1.5 GiB", "16 GiB". */
    static String text(long bytes) {
        if (bytes < GIBI) {
            return Math.round(bytes / (double) MEBI) + " MiB";
        }
        double gibi = bytes / (double) GIBI;
        String text = String.format(Locale.ROOT, gibi < 10 ? "%.1f" : "%.0f", gibi);
        return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " GiB";
    }
}
