package io.benchtop.proxy.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Comparisons on byte ranges that follow HTTP's rules: ASCII only, case folded where the protocol folds it. */
public final class Ascii {

    private static final boolean[] TOKEN = new boolean[256];

    static {
        for (char c : "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private Ascii() {}

    static boolean isToken(byte b) {
        return TOKEN[b & 0xff];
    }

    /** Whether a byte may stand in a field value: a tab, a visible character, a space, or an opaque byte above 0x7f. */
    static boolean isFieldContent(byte b) {
        return b >= 0x20 ? b != 0x7f : b < 0 || b == '\t';
    }

    static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b & 0xff;
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** Whether the range is {@code lowerCase}, ignoring case. */
    public static boolean equalsIgnoreCase(byte[] bytes, int start, int end, String lowerCase) {
        return end - start == lowerCase.length() && startsWithIgnoreCase(bytes, start, end, lowerCase);
    }

    /** Whether the range begins with {@code lowerCase}, ignoring case. */
    public static boolean startsWithIgnoreCase(byte[] bytes, int start, int end, String lowerCase) {
        int length = lowerCase.length();
        if (end - start < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(bytes[start + i]) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the range begins with exactly {@code text}. */
    public static boolean startsWith(byte[] bytes, int start, int end, String text) {
        int length = text.length();
        if (end - start < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a comma-separated list has the member {@code lowerCase}; parameters after {@code ;} are ignored. */
    public static boolean listContains(byte[] bytes, int start, int end, String lowerCase) {
        int position = start;
        while (position < end) {
            int comma = position;
            while (comma < end && bytes[comma] != ',') {
                comma++;
            }
            int from = position;
            while (from < comma && isBlank(bytes[from])) {
                from++;
            }
            int to = from;
            while (to < comma && !isBlank(bytes[to]) && bytes[to] != ';') {
                to++;
            }
            if (equalsIgnoreCase(bytes, from, to, lowerCase)) {
                return true;
            }
            position = comma + 1;
        }
        return false;
    }

    /** Whether {@code lowerCase} stands anywhere in the range, ignoring case. */
    public static boolean containsIgnoreCase(byte[] bytes, int start, int end, String lowerCase) {
        for (int i = start; i + lowerCase.length() <= end; i++) {
            if (startsWithIgnoreCase(bytes, i, end, lowerCase)) {
                return true;
            }
        }
        return false;
    }

    /** The range as text, one character per byte. */
    public static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, ISO_8859_1);
    }
}
