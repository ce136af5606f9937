package io.benchtop.service.http.page;

import java.util.Locale;

/** Amounts of memory and sizes of files as people read them. */
final class HumaneBytes {

    private static final long KIBI = 1024;
    private static final long MEBI = 1024 * KIBI;
    private static final long GIBI = 1024 * MEBI;

    private HumaneBytes() {}

    /** At most three digits: "512 MiB", "1.5 GiB", "16 GiB". */
    static String text(long bytes) {
        if (bytes < GIBI) {
            return Math.round(bytes / (double) MEBI) + " MiB";
        }
        return digits(bytes / (double) GIBI) + " GiB";
    }

    /** The size of a file, which may be small: "1 byte", "512 bytes", "1.5 KiB", "16 MiB". */
    static String size(long bytes) {
        if (bytes < KIBI) {
            return bytes + (bytes == 1 ? " byte" : " bytes");
        }
        // What would be rounded to 1024 is one of the next unit.
        if (bytes < MEBI - KIBI / 2) {
            return digits(bytes / (double) KIBI) + " KiB";
        }
        return bytes < GIBI - MEBI / 2 ? digits(bytes / (double) MEBI) + " MiB" : text(Math.max(bytes, GIBI));
    }

    private static String digits(double amount) {
        String text = String.format(Locale.ROOT, amount < 9.95 ? "%.1f" : "%.0f", amount);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
