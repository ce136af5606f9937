package io.benchtop.proxy.http;

import io.netty.buffer.ByteBuf;

/**
 * Follows where a message body ends without decoding it: {@link #take} says how many of the bytes at hand belong to the
 * body, and those are relayed as they came.
 *
 * <p>The chunked machine accepts hexadecimal sizes below 2 GiB, no chunk extensions, CRLF only. Trailer fields pass
 * unless their name means something to the proxy or to framing: behind us such a name would be read as a header that
 * the proxy never saw.
 */
public final class BodyFraming {

    private static final int MAX_TRAILER_BYTES = 8192;
    private static final int MAX_TRAILER_NAME = 64;

    private enum State {
        DONE,
        LENGTH,
        UNTIL_CLOSE,
        SIZE,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_START,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_LF,
        END_LF
    }

    private State state = State.DONE;
    private long remaining;
    private int digits;
    private int trailerBytes;
    private byte[] trailerName = new byte[0];
    private int trailerNameLength;

    public void length(long bytes) {
        remaining = bytes;
        state = bytes == 0 ? State.DONE : State.LENGTH;
    }

    public void chunked() {
        state = State.SIZE;
        remaining = 0;
        digits = 0;
        trailerBytes = 0;
    }

    public void untilClose() {
        state = State.UNTIL_CLOSE;
    }

    public boolean isDone() {
        return state == State.DONE;
    }

    /** The body has no end of its own: closing the connection ends it. */
    public boolean endsByClose() {
        return state == State.UNTIL_CLOSE;
    }

    /** How many of the readable bytes belong to this body. They are not consumed. */
    public int take(ByteBuf bytes) throws BadMessageException {
        return switch (state) {
            case DONE -> 0;
            case UNTIL_CLOSE -> bytes.readableBytes();
            case LENGTH -> takeLength(bytes.readableBytes());
            default -> takeChunked(bytes);
        };
    }

    private int takeLength(int available) {
        int taken = (int) Math.min(remaining, available);
        remaining -= taken;
        if (remaining == 0) {
            state = State.DONE;
        }
        return taken;
    }

    private int takeChunked(ByteBuf bytes) throws BadMessageException {
        int start = bytes.readerIndex();
        int end = bytes.writerIndex();
        int position = start;
        while (position < end && state != State.DONE) {
            if (state == State.DATA) {
                int data = (int) Math.min(remaining, end - position);
                remaining -= data;
                position += data;
                if (remaining == 0) {
                    state = State.DATA_CR;
                }
            } else {
                step(bytes.getByte(position++));
            }
        }
        return position - start;
    }

    private void step(byte b) throws BadMessageException {
        switch (state) {
            case SIZE -> size(b);
            case SIZE_LF -> expect(b, '\n', remaining == 0 ? State.TRAILER_START : State.DATA);
            case DATA_CR -> expect(b, '\r', State.DATA_LF);
            case DATA_LF -> {
                expect(b, '\n', State.SIZE);
                digits = 0;
            }
            case END_LF -> expect(b, '\n', State.DONE);
            default -> trailer(b);
        }
    }

    private void size(byte b) throws BadMessageException {
        int digit = b >= 0 ? Character.digit(b, 16) : -1;
        if (digit >= 0 && digits < 8) {
            digits++;
            remaining = remaining * 16 + digit;
        } else if (b == '\r' && digits > 0 && remaining <= Integer.MAX_VALUE) {
            state = State.SIZE_LF;
        } else {
            throw new BadMessageException("A chunk size is not a plain hexadecimal number below 2 GiB.");
        }
    }

    private void trailer(byte b) throws BadMessageException {
        if (++trailerBytes > MAX_TRAILER_BYTES) {
            throw new BadMessageException("The trailer is too large.");
        }
        switch (state) {
            case TRAILER_START -> {
                trailerNameLength = 0;
                if (b == '\r') {
                    state = State.END_LF;
                } else {
                    state = State.TRAILER_NAME;
                    trailerName(b);
                }
            }
            case TRAILER_NAME -> trailerName(b);
            case TRAILER_VALUE -> {
                if (b == '\r') {
                    state = State.TRAILER_LF;
                } else if (!Ascii.isFieldContent(b)) {
                    throw new BadMessageException("A trailer value holds a control character.");
                }
            }
            default -> expect(b, '\n', State.TRAILER_START);
        }
    }

    private void trailerName(byte b) throws BadMessageException {
        if (trailerName.length == 0) {
            trailerName = new byte[MAX_TRAILER_NAME];
        }
        if (Ascii.isToken(b) && trailerNameLength < MAX_TRAILER_NAME) {
            trailerName[trailerNameLength++] = b;
        } else if (b == ':'
                && trailerNameLength > 0
                && FieldName.of(trailerName, 0, trailerNameLength) == FieldName.OTHER) {
            state = State.TRAILER_VALUE;
        } else {
            throw new BadMessageException("A trailer field has a name that may not stand in a trailer.");
        }
    }

    private void expect(byte b, char wanted, State next) throws BadMessageException {
        if (b != wanted) {
            throw new BadMessageException("The chunked framing is broken.");
        }
        state = next;
    }
}
