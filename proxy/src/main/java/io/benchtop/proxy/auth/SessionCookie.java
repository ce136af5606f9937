package io.benchtop.proxy.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.benchtop.proxy.http.Ascii;
import io.benchtop.proxy.http.BadMessageException;
import io.benchtop.proxy.http.FieldLines;
import io.benchtop.proxy.http.FieldName;
import io.netty.buffer.ByteBuf;

/**
 * Finds our cookie in a {@code Cookie} line and removes it from what a server sees. The name is ours alone: cookies
 * with our prefixes, which a neighbour on another port of this host may have set, are removed as well.
 *
 * <p>Two cookies of the name mean that somebody tossed one in, and two {@code Cookie} lines that somebody hopes for two
 * readers; both are refused rather than guessed about.
 */
public final class SessionCookie {

    private static final byte[] NAME = "Cookie: ".getBytes(ISO_8859_1);
    private static final byte[] SEPARATOR = "; ".getBytes(ISO_8859_1);
    private static final byte[] LINE_END = "\r\n".getBytes(ISO_8859_1);

    private final String name;

    public SessionCookie(String name) {
        this.name = name;
    }

    /**
     * Points {@code key} at the value of our cookie.
     *
     * @return whether there is one
     */
    public boolean find(FieldLines fields, ByteKey key) throws BadMessageException {
        if (!fields.has(FieldName.COOKIE)) {
            return false;
        }
        if (fields.occurrences(FieldName.COOKIE) > 1) {
            throw new BadMessageException("The request has more than one Cookie header.");
        }
        int line = fields.first(FieldName.COOKIE);
        byte[] bytes = fields.bytes();
        int end = fields.valueEnd(line);
        boolean found = false;
        for (int from = fields.valueStart(line); from < end; ) {
            int to = pairEnd(bytes, from, end);
            int start = trimmed(bytes, from, to);
            int equals = nameEnd(bytes, start, to);
            if (equals < to && isOurs(bytes, start, backTrimmed(bytes, start, equals))) {
                if (found) {
                    throw new BadMessageException(
                            "The request has two session cookies; delete the cookies of this site and sign in again.");
                }
                found = true;
                key.pointAt(bytes, equals + 1, backTrimmed(bytes, equals + 1, to));
            }
            from = to + 1;
        }
        return found;
    }

    /** Writes the {@code Cookie} line without our cookies, or nothing when no other is left. */
    public void writeOthers(FieldLines fields, int line, ByteBuf out) {
        byte[] bytes = fields.bytes();
        int end = fields.valueEnd(line);
        boolean any = false;
        for (int from = fields.valueStart(line); from < end; ) {
            int to = pairEnd(bytes, from, end);
            int start = trimmed(bytes, from, to);
            if (start < to && !isReserved(bytes, start, backTrimmed(bytes, start, nameEnd(bytes, start, to)))) {
                out.writeBytes(any ? SEPARATOR : NAME);
                out.writeBytes(bytes, start, to - start);
                any = true;
            }
            from = to + 1;
        }
        if (any) {
            out.writeBytes(LINE_END);
        }
    }

    /** Whether the name in the range may be set by nobody but workspace-service. */
    public boolean isReserved(byte[] bytes, int start, int end) {
        return Ascii.startsWithIgnoreCase(bytes, start, end, "benchtop-session")
                || Ascii.startsWithIgnoreCase(bytes, start, end, "__host-benchtop")
                || Ascii.startsWithIgnoreCase(bytes, start, end, "__secure-benchtop")
                || isOurs(bytes, start, end);
    }

    private boolean isOurs(byte[] bytes, int start, int end) {
        return end - start == name.length() && Ascii.startsWith(bytes, start, end, name);
    }

    private static int pairEnd(byte[] bytes, int from, int end) {
        int position = from;
        while (position < end && bytes[position] != ';') {
            position++;
        }
        return position;
    }

    private static int nameEnd(byte[] bytes, int from, int end) {
        int position = from;
        while (position < end && bytes[position] != '=') {
            position++;
        }
        return position;
    }

    private static int trimmed(byte[] bytes, int from, int end) {
        int position = from;
        while (position < end && (bytes[position] == ' ' || bytes[position] == '\t')) {
            position++;
        }
        return position;
    }

    private static int backTrimmed(byte[] bytes, int from, int end) {
        int position = end;
        while (position > from && (bytes[position - 1] == ' ' || bytes[position - 1] == '\t')) {
            position--;
        }
        return position;
    }
}
