package io.benchtop.proxy.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which raw paths are let through. A path is never rewritten: the string that is authorised is the string that is
 * forwarded, so anything that two programs could resolve differently is refused instead of repaired.
 *
 * <p>The first three segments choose the route and must be plain. Behind them any spelling passes byte for byte, except
 * one that means "up" after decoding as often as someone might.
 */
public final class PathRule {

    private static final int ROUTING_SEGMENTS = 3;
    private static final int DECODING_ROUNDS = 4;
    private static final Pattern SEPARATORS = Pattern.compile("[/\\\\]");

    private PathRule() {}

    /** A sentence saying what is wrong with the raw path in the range, or null. */
    public static @Nullable String problemWith(byte[] bytes, int start, int end) {
        int position = start;
        for (int segment = 0; segment < ROUTING_SEGMENTS && position < end; segment++) {
            int next = segmentEnd(bytes, position + 1, end);
            if (!isPlain(bytes, position + 1, next, next == end, segment)) {
                return "The first three parts of the path hold an encoded or ambiguous character; write the path plainly.";
            }
            position = next;
        }
        return climbs(bytes, position, end) ? "The path holds a \"..\" or a control character." : null;
    }

    private static int segmentEnd(byte[] bytes, int from, int end) {
        int position = from;
        while (position < end && bytes[position] != '/') {
            position++;
        }
        return position;
    }

    private static boolean isPlain(byte[] bytes, int start, int end, boolean last, int segment) {
        if (start == end) {
            return last;
        }
        boolean dots = true;
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if (b == ';' || b == '\\' || (b == '%' && (segment == 0 || !isHarmlessEscape(bytes, i, end)))) {
                return false;
            }
            dots &= b == '.';
        }
        return !(dots && end - start <= 2);
    }

    /** Escapes of dot, slash, backslash, percent and controls are not harmless, neither are broken ones. */
    private static boolean isHarmlessEscape(byte[] bytes, int percent, int end) {
        if (percent + 2 >= end) {
            return false;
        }
        int value = decoded(bytes[percent + 1], bytes[percent + 2]);
        return value > 0x20
                && value != '.'
                && value != '/'
                && value != '\\'
                && value != '%'
                && value != ';'
                && value != 0x7f;
    }

    private static boolean climbs(byte[] bytes, int start, int end) {
        boolean suspicious = false;
        for (int i = start; i < end && !suspicious; i++) {
            suspicious = bytes[i] == '%' || (bytes[i] == '.' && i + 1 < end && bytes[i + 1] == '.');
        }
        return suspicious && climbsDecoded(Ascii.text(bytes, start, end));
    }

    private static boolean climbsDecoded(String raw) {
        String text = raw;
        for (int round = 0; round <= DECODING_ROUNDS; round++) {
            for (String segment : SEPARATORS.split(text, -1)) {
                int parameters = segment.indexOf(';');
                if ((parameters < 0 ? segment : segment.substring(0, parameters)).equals("..")) {
                    return true;
                }
            }
            if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
                return true;
            }
            String next = decode(text);
            if (next.equals(text)) {
                return false;
            }
            text = next;
        }
        // Still changing after so many rounds: nobody encodes a name five times by accident.
        return true;
    }

    private static String decode(String text) {
        byte[] from = text.getBytes(ISO_8859_1);
        byte[] to = new byte[from.length];
        int length = 0;
        for (int i = 0; i < from.length; i++) {
            int value = from[i] == '%' && i + 2 < from.length ? decoded(from[i + 1], from[i + 2]) : -1;
            to[length++] = value < 0 ? from[i] : (byte) value;
            i += value < 0 ? 0 : 2;
        }
        return Ascii.text(to, 0, length);
    }

    private static int decoded(byte high, byte low) {
        int first = high > 0 ? Character.digit(high, 16) : -1;
        int second = low > 0 ? Character.digit(low, 16) : -1;
        return first < 0 || second < 0 ? -1 : first * 16 + second;
    }
}
