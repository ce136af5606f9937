package io.benchtop.service.http.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of a file are wanted. Only one range is answered; of several, or of what is not understood, all bytes are, as RFC 9110
 * allows.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14">RFC 9110, 14</a>
 */
record ByteRange(long first, long length) {

    /** No byte of the file is in the range. */
    static final ByteRange NONE = new ByteRange(-1, 0);

    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    static ByteRange of(@Nullable String header, long size) {
        Matcher asked = ONE.matcher(header == null ? "" : header.strip());
        if (!asked.matches() || (asked.group(1).isEmpty() && asked.group(2).isEmpty())) {
            return new ByteRange(0, size);
        }
        if (asked.group(1).isEmpty()) {
            long last = Math.min(Long.parseLong(asked.group(2)), size);
            return last == 0 ? NONE : new ByteRange(size - last, last);
        }
        long first = Long.parseLong(asked.group(1));
        long end = asked.group(2).isEmpty() ? size : Math.min(Long.parseLong(asked.group(2)) + 1, size);
        if (first >= size) {
            return NONE;
        }
        return end <= first ? new ByteRange(0, size) : new ByteRange(first, end - first);
    }

    String header(long size) {
        return "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
}
