package io.benchtop.proxy.http;

import static io.benchtop.proxy.http.FieldName.CONTENT_LENGTH;
import static io.benchtop.proxy.http.FieldName.TRANSFER_ENCODING;

/** The two framing fields, read in the one way that leaves no room for a second opinion. */
final class Framing {

    private static final int MAX_DIGITS = 18;

    private Framing() {}

    /** The declared length, or -1 when there is none. */
    static long length(FieldLines fields) throws BadMessageException {
        if (!fields.has(CONTENT_LENGTH)) {
            return -1;
        }
        if (fields.occurrences(CONTENT_LENGTH) > 1) {
            throw new BadMessageException("The message has more than one Content-Length.");
        }
        int line = fields.first(CONTENT_LENGTH);
        int start = fields.valueStart(line);
        int end = fields.valueEnd(line);
        if (start == end || end - start > MAX_DIGITS) {
            throw new BadMessageException("Content-Length is empty or too large.");
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            byte digit = fields.bytes()[i];
            if (digit < '0' || digit > '9') {
                throw new BadMessageException("Content-Length must be digits only.");
            }
            value = value * 10 + (digit - '0');
        }
        return value;
    }

    static void requireChunked(FieldLines fields) throws BadMessageException {
        if (fields.occurrences(TRANSFER_ENCODING) > 1 || !fields.is(TRANSFER_ENCODING, "chunked")) {
            throw new BadMessageException("The only transfer coding understood here is a single \"chunked\".");
        }
    }
}
