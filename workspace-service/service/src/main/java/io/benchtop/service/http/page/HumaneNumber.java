package io.benchtop.service.http.page;

import java.util.Locale;

/** Numbers as people read them beside each other. */
final class HumaneNumber {

    private HumaneNumber() {}

    /** Six digits tell runs apart; all of them are on the run's own page. */
    static String text(double value) {
        return Double.isFinite(value) ? shortened(value) : Double.toString(value);
    }

    /** How many: "1,234,567". */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String shortened(double value) {
        String text = String.format(Locale.ROOT, "%.6g", value);
        int exponent = text.indexOf('e');
        String digits = exponent < 0 ? text : text.substring(0, exponent);
        String fewer = digits.contains(".") ? digits.replaceFirst("\\.?0+$", "") : digits;
        return exponent < 0 ? fewer : fewer + text.substring(exponent);
    }
}
