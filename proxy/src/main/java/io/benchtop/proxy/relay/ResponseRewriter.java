package io.benchtop.proxy.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.benchtop.proxy.auth.SessionCookie;
import io.benchtop.proxy.http.Ascii;
import io.benchtop.proxy.http.FieldLines;
import io.benchtop.proxy.http.FieldName;
import io.benchtop.proxy.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Writes the head that goes to the client: the upstream's bytes in runs, without what concerns the inner connection
 * only and, from a user's server, without what would change the site that all servers share.
 */
final class ResponseRewriter {

    private static final byte[] VERSION = ascii("HTTP/1.1 ");
    private static final byte[] LINE_END = ascii("\r\n");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] WEB_SOCKET = ascii("Connection: Upgrade\r\nUpgrade: websocket\r\n");
    private static final byte[] SET_COOKIE = ascii("Set-Cookie: ");

    private final SessionCookie sessionCookie;

    ResponseRewriter(SessionCookie sessionCookie) {
        this.sessionCookie = sessionCookie;
    }

    /** Which lines of the upstream are replaced by lines of ours. */
    interface Replacement {

        boolean drops(FieldName name);

        void write(ByteBuf out);
    }

    void write(
            ResponseHead head,
            boolean fromServer,
            boolean close,
            @Nullable String renewedCookie,
            @Nullable Replacement replacement,
            ByteBuf out) {
        out.writeBytes(VERSION);
        out.writeBytes(head.bytes(), head.statusStart(), head.reasonEnd() - head.statusStart());
        out.writeBytes(LINE_END);
        fields(head.fields(), fromServer, replacement, out);
        if (head.status() == 101) {
            out.writeBytes(WEB_SOCKET);
        } else if (close && !head.isInterim()) {
            out.writeBytes(CLOSE);
        }
        if (renewedCookie != null) {
            out.writeBytes(SET_COOKIE);
            out.writeCharSequence(renewedCookie, ISO_8859_1);
            out.writeBytes(LINE_END);
        }
        if (replacement != null) {
            replacement.write(out);
        }
        out.writeBytes(LINE_END);
    }

    private void fields(FieldLines fields, boolean fromServer, @Nullable Replacement replacement, ByteBuf out) {
        int run = -1;
        for (int line = 0; line < fields.count(); line++) {
            if (passes(fields, line, fromServer) && (replacement == null || !replacement.drops(fields.name(line)))) {
                run = run < 0 ? line : run;
                continue;
            }
            writeRun(fields, run, line, out);
            run = -1;
        }
        writeRun(fields, run, fields.count(), out);
    }

    private boolean passes(FieldLines fields, int line, boolean fromServer) {
        FieldName name = fields.name(line);
        if (name == FieldName.OTHER) {
            return !fields.namedByConnection(line);
        }
        if (name.isHop()) {
            return false;
        }
        if (!fromServer || !name.isOriginWide()) {
            return true;
        }
        return name == FieldName.SET_COOKIE && isHarmlessCookie(fields, line);
    }

    /** A server may set cookies of its own on this host, but never ours and never for a wider domain. */
    private boolean isHarmlessCookie(FieldLines fields, int line) {
        byte[] bytes = fields.bytes();
        int start = fields.valueStart(line);
        int end = fields.valueEnd(line);
        // A cookie without a name is sent back as its bare value, which may look like "name=value" of another.
        while (start < end && " \t\"=".indexOf(bytes[start]) >= 0) {
            start++;
        }
        int semicolon = start;
        while (semicolon < end && bytes[semicolon] != ';') {
            semicolon++;
        }
        return !sessionCookie.isReserved(bytes, start, nameEnd(bytes, start, semicolon))
                && !hasDomain(bytes, semicolon, end);
    }

    private static int nameEnd(byte[] bytes, int start, int end) {
        int position = start;
        while (position < end && bytes[position] != '=' && bytes[position] != ' ') {
            position++;
        }
        return position;
    }

    private static boolean hasDomain(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == ';') {
                int start = i + 1;
                while (start < end && (bytes[start] == ' ' || bytes[start] == '\t')) {
                    start++;
                }
                if (Ascii.startsWithIgnoreCase(bytes, start, end, "domain")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void writeRun(FieldLines fields, int from, int to, ByteBuf out) {
        if (from >= 0 && from < to) {
            int start = fields.lineStart(from);
            out.writeBytes(fields.bytes(), start, fields.lineStart(to) - start);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
