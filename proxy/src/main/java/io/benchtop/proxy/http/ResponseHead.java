package io.benchtop.proxy.http;

import static io.benchtop.proxy.http.FieldName.CONNECTION;
import static io.benchtop.proxy.http.FieldName.CONTENT_LENGTH;
import static io.benchtop.proxy.http.FieldName.TRANSFER_ENCODING;

/** One response head as offsets into its bytes. Reused; valid until the next {@link #parse}. */
public final class ResponseHead {

    private final FieldLines fields = new FieldLines();
    private byte[] bytes = new byte[0];
    private int status;
    private int reasonEnd;
    private boolean versionOneZero;
    private long length;

    /** Reads the head in {@code [0, end)}; {@code end} is what {@link HeadEnd#find} returned. */
    public void parse(byte[] source, int end) throws BadMessageException {
        bytes = source;
        boolean known = end > 14 && Ascii.startsWith(bytes, 0, end, "HTTP/1.") && bytes[8] == ' ';
        byte minor = known ? bytes[7] : 0;
        if (minor != '1' && minor != '0') {
            throw new BadMessageException("The answer is not HTTP/1.1.");
        }
        versionOneZero = minor == '0';
        status = readStatus();
        int position = 12;
        while (Ascii.isFieldContent(bytes[position])) {
            position++;
        }
        if (bytes[position] != '\r' || bytes[position + 1] != '\n' || (position > 12 && bytes[12] != ' ')) {
            throw new BadMessageException("The status line is malformed.");
        }
        reasonEnd = position;
        fields.parse(source, position + 2, end - 2);
        readFraming();
    }

    private int readStatus() throws BadMessageException {
        int value = 0;
        for (int i = 9; i < 12; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                throw new BadMessageException("The status is not a number.");
            }
            value = value * 10 + (bytes[i] - '0');
        }
        if (value < 100 || value > 599) {
            throw new BadMessageException("The status is out of range.");
        }
        return value;
    }

    private void readFraming() throws BadMessageException {
        length = Framing.length(fields);
        if (fields.has(TRANSFER_ENCODING)) {
            if (fields.has(CONTENT_LENGTH)) {
                throw new BadMessageException("The answer has both Content-Length and Transfer-Encoding.");
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

    public int status() {
        return status;
    }

    /** Interim: another head follows. 101 is not interim, it ends HTTP on the connection. */
    public boolean isInterim() {
        return status < 200 && status != 101;
    }

    /** Start of the status and reason, after the version. */
    public int statusStart() {
        return 9;
    }

    public int reasonEnd() {
        return reasonEnd;
    }

    public boolean isVersionOneZero() {
        return versionOneZero;
    }

    public boolean isChunked() {
        return fields.has(TRANSFER_ENCODING);
    }

    /** The declared length, or -1. */
    public long length() {
        return length;
    }

    /** Whether the connection may carry another request after this answer. */
    public boolean keepsAlive() {
        return !versionOneZero && !fields.listHas(CONNECTION, "close");
    }

    /** Sets up {@code body} to follow this answer's body. */
    public void frame(BodyFraming body, boolean answersHead) {
        if (answersHead || status == 204 || status == 304 || status < 200) {
            body.length(0);
        } else if (isChunked()) {
            body.chunked();
        } else if (length >= 0) {
            body.length(length);
        } else {
            body.untilClose();
        }
    }
}
