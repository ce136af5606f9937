package io.benchtop.proxy.http;

import static io.benchtop.proxy.http.FieldName.CONNECTION;
import static io.benchtop.proxy.http.FieldName.CONTENT_LENGTH;
import static io.benchtop.proxy.http.FieldName.HOST;
import static io.benchtop.proxy.http.FieldName.TRANSFER_ENCODING;
import static io.benchtop.proxy.http.FieldName.UPGRADE;

/**
 * One request head as offsets into its bytes: start line, fields, and how its body is framed. Reused; valid until the
 * next {@link #parse}.
 *
 * <p>Strict where two parsers could read two different requests (RFC 9112 §6.3, §11.2): both length and chunked, a
 * repeated or signed length, any other transfer coding, a target that is not a plain path, a missing or second Host.
 */
public final class RequestHead {

    private final FieldLines fields = new FieldLines();
    private byte[] bytes = new byte[0];
    private int methodEnd;
    private int targetEnd;
    private int pathEnd;
    private boolean versionOneZero;
    private long length;
    private boolean chunked;

    /** Reads the head in {@code [0, end)}; {@code end} is what {@link HeadEnd#find} returned. */
    public void parse(byte[] source, int end) throws BadMessageException {
        bytes = source;
        int lineEnd = startLine();
        fields.parse(source, lineEnd + 2, end - 2);
        readHost();
        readFraming();
    }

    private int startLine() throws BadMessageException {
        int position = 0;
        while (Ascii.isToken(bytes[position])) {
            position++;
        }
        methodEnd = position;
        if (position == 0 || bytes[position] != ' ') {
            throw new BadMessageException("The request line does not begin with a method and one space.");
        }
        if (bytes[++position] != '/') {
            throw new BadMessageException("The request target must be a path that begins with a slash.");
        }
        pathEnd = -1;
        while (bytes[position] > 0x20 && bytes[position] != 0x7f) {
            if (bytes[position] == '#') {
                throw new BadMessageException("The request target holds a fragment.");
            }
            if (bytes[position] == '?' && pathEnd < 0) {
                pathEnd = position;
            }
            position++;
        }
        targetEnd = position;
        pathEnd = pathEnd < 0 ? targetEnd : pathEnd;
        return version(position);
    }

    private int version(int position) throws BadMessageException {
        boolean known = Ascii.startsWith(bytes, position, bytes.length, " HTTP/1.");
        byte minor = known ? bytes[position + 8] : 0;
        if ((minor != '1' && minor != '0') || bytes[position + 9] != '\r' || bytes[position + 10] != '\n') {
            throw new BadMessageException(
                    "The request line does not end with the protocol version after one plain target.");
        }
        versionOneZero = minor == '0';
        return position + 9;
    }

    private void readHost() throws BadMessageException {
        int hosts = fields.occurrences(HOST);
        if (hosts > 1 || (hosts == 0 && !versionOneZero)) {
            throw new BadMessageException("The request must have exactly one Host header.");
        }
    }

    private void readFraming() throws BadMessageException {
        chunked = fields.has(TRANSFER_ENCODING);
        length = Framing.length(fields);
        if (chunked) {
            if (versionOneZero || fields.has(CONTENT_LENGTH)) {
                throw new BadMessageException(
                        "Transfer-Encoding does not go together with Content-Length or HTTP/1.0.");
            }
            Framing.requireChunked(fields);
        }
    }

    public FieldLines fields() {
        return fields;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int methodEnd() {
        return methodEnd;
    }

    public int targetStart() {
        return methodEnd + 1;
    }

    public int targetEnd() {
        return targetEnd;
    }

    /** Where the path ends and the query, if any, begins. */
    public int pathEnd() {
        return pathEnd;
    }

    public boolean isMethod(String method) {
        return methodEnd == method.length() && Ascii.startsWith(bytes, 0, methodEnd, method);
    }

    /** GET, HEAD or OPTIONS: by HTTP's word it changes nothing. */
    public boolean isSafe() {
        return isMethod("GET") || isMethod("HEAD") || isMethod("OPTIONS");
    }

    public boolean isVersionOneZero() {
        return versionOneZero;
    }

    /** Whether the sender wants to keep the connection. */
    public boolean keepsAlive() {
        return !versionOneZero && !fields.listHas(CONNECTION, "close");
    }

    /** Whether this asks for a WebSocket. Any other upgrade is ignored, as HTTP allows. */
    public boolean isWebSocket() {
        return fields.has(UPGRADE)
                && !versionOneZero
                && fields.is(UPGRADE, "websocket")
                && fields.listHas(CONNECTION, "upgrade");
    }

    public boolean isChunked() {
        return chunked;
    }

    /** The declared body length, 0 if none. */
    public long length() {
        return Math.max(length, 0);
    }

    public boolean hasBody() {
        return chunked || length > 0;
    }

    /** Sets up {@code body} to follow this request's body. */
    public void frame(BodyFraming body) {
        if (chunked) {
            body.chunked();
        } else {
            body.length(length());
        }
    }

    /** The raw path, without the query. */
    public String path() {
        return Ascii.text(bytes, targetStart(), pathEnd);
    }

    /** The raw target. */
    public String target() {
        return Ascii.text(bytes, targetStart(), targetEnd);
    }

    public String method() {
        return Ascii.text(bytes, 0, methodEnd);
    }
}
