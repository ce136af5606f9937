package io.benchtop.proxy.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.benchtop.proxy.auth.SessionCookie;
import io.benchtop.proxy.http.FieldLines;
import io.benchtop.proxy.http.FieldName;
import io.benchtop.proxy.http.RequestHead;
import io.netty.buffer.ByteBuf;

/**
 * Writes the head that goes upstream: the client's bytes in runs, without the lines that end here, then our own lines.
 * Ours come last, after the client's {@code Connection} list was applied, so no list can name them.
 */
final class RequestRewriter {

    private static final byte[] ONE_ONE = ascii(" HTTP/1.1\r\n");
    private static final byte[] ONE_ZERO = ascii(" HTTP/1.0\r\n");
    private static final byte[] WEB_SOCKET = ascii("Connection: Upgrade\r\nUpgrade: websocket\r\n");
    private static final byte[] FORWARDED_FOR = ascii("X-Forwarded-For: ");
    private static final byte[] FORWARDED_HOST = ascii("\r\nX-Forwarded-Host: ");
    private static final byte[] REQUEST_ID = ascii("X-Request-Id: ");
    private static final byte[] LINE_END = ascii("\r\n");

    private final SessionCookie sessionCookie;
    private final byte[] forwardedProto;

    RequestRewriter(SessionCookie sessionCookie, String scheme) {
        this.sessionCookie = sessionCookie;
        this.forwardedProto = ascii("\r\nX-Forwarded-Proto: " + scheme + "\r\n");
    }

    /** Who gets the head: only workspace-service sees credentials. */
    private enum Towards {
        SERVICE,
        SERVER,
        MODEL
    }

    /**
     * Towards workspace-service or a user's server.
     *
     * @param toServer whether it goes to a user's server; workspace-service gets the cookie and the bearer as they came
     *     and judges them itself
     * @param proof the line by which the receiver believes the head: who is asking, or that it comes from us
     * @param client where the request comes from
     */
    void write(RequestHead head, boolean toServer, byte[] proof, ClientAddress client, String requestId, ByteBuf out) {
        out.writeBytes(head.bytes(), 0, head.targetEnd());
        out.writeBytes(head.isVersionOneZero() ? ONE_ZERO : ONE_ONE);
        fields(head, toServer ? Towards.SERVER : Towards.SERVICE, out);
        if (head.isWebSocket()) {
            out.writeBytes(WEB_SOCKET);
        }
        ownLines(head, client, requestId, out);
        out.writeBytes(proof).writeBytes(LINE_END);
    }

    /**
     * Towards a model-server, up to but without the line with its key, which differs from one to the next.
     *
     * @param pathStart where the path begins that it sees
     */
    void writeOpen(RequestHead head, int pathStart, ClientAddress client, String requestId, ByteBuf out) {
        out.writeBytes(head.bytes(), 0, head.targetStart());
        out.writeBytes(head.bytes(), pathStart, head.targetEnd() - pathStart);
        out.writeBytes(head.isVersionOneZero() ? ONE_ZERO : ONE_ONE);
        fields(head, Towards.MODEL, out);
        ownLines(head, client, requestId, out);
    }

    private void ownLines(RequestHead head, ClientAddress client, String requestId, ByteBuf out) {
        client.writeTo(out.writeBytes(FORWARDED_FOR));
        out.writeBytes(FORWARDED_HOST);
        int host = head.fields().first(FieldName.HOST);
        if (host >= 0) {
            int start = head.fields().valueStart(host);
            out.writeBytes(head.bytes(), start, head.fields().valueEnd(host) - start);
        }
        out.writeBytes(forwardedProto).writeBytes(REQUEST_ID);
        out.writeCharSequence(requestId, ISO_8859_1);
        out.writeBytes(LINE_END);
    }

    private void fields(RequestHead head, Towards towards, ByteBuf out) {
        FieldLines fields = head.fields();
        int run = -1;
        for (int line = 0; line < fields.count(); line++) {
            if (passes(fields, line, towards)) {
                run = run < 0 ? line : run;
                continue;
            }
            writeRun(fields, run, line, out);
            run = -1;
            if (towards == Towards.SERVER && fields.name(line) == FieldName.COOKIE) {
                sessionCookie.writeOthers(fields, line, out);
            }
        }
        writeRun(fields, run, fields.count(), out);
    }

    private static boolean passes(FieldLines fields, int line, Towards towards) {
        FieldName name = fields.name(line);
        if (name == FieldName.OTHER) {
            return !fields.namedByConnection(line);
        }
        boolean credential = name == FieldName.COOKIE || name == FieldName.AUTHORIZATION;
        return !name.isHop() && !(credential && towards != Towards.SERVICE);
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
