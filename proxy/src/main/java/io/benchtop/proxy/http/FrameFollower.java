package io.benchtop.proxy.http;

import io.netty.buffer.ByteBuf;

/**
 * Follows WebSocket frame boundaries in one direction of a tunnel without unmasking or copying, to tell a person's
 * messages from the pongs that a browser sends by itself.
 */
public final class FrameFollower {

    private static final int CONTROL = 8;

    private long payload;
    private int seen;
    private int needed = 2;
    private long extended;

    /** Whether a data frame (not a ping, pong or close) begins in these bytes. They are not consumed. */
    public boolean sawData(ByteBuf bytes) {
        boolean data = false;
        int position = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (position < end) {
            if (payload > 0) {
                int skipped = (int) Math.min(payload, end - position);
                payload -= skipped;
                position += skipped;
            } else {
                data |= header(bytes.getByte(position++) & 0xff);
            }
        }
        return data;
    }

    private boolean header(int b) {
        boolean data = seen == 0 && (b & 0x0f) < CONTROL;
        if (seen == 1) {
            int length = b & 0x7f;
            int lengthBytes = length == 127 ? 8 : length == 126 ? 2 : 0;
            needed = 2 + lengthBytes + ((b & 0x80) != 0 ? 4 : 0);
            extended = lengthBytes == 0 ? length : 0;
            lengthEnd = 2 + lengthBytes;
        } else if (seen > 1 && seen < lengthEnd) {
            extended = extended << 8 | b;
        }
        if (++seen >= needed && seen > 1) {
            payload = Math.max(extended, 0);
            seen = 0;
            needed = 2;
        }
        return data;
    }

    private int lengthEnd = 2;
}
