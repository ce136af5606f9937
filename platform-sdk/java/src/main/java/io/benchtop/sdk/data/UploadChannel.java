package io.benchtop.sdk.data;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/** A file of an upload that is written from its beginning to its end, and sent in pieces of 8 MiB. */
public final class UploadChannel implements WritableByteChannel {

    private static final int PIECE = 8 * 1024 * 1024;

    private final UploadSession upload;
    private final String path;
    private byte[] held = new byte[64 * 1024];
    private int count;
    private long sent;
    private boolean closed;

    public UploadChannel(UploadSession upload, String path) {
        this.upload = upload;
        this.path = path;
    }

    @Override
    public int write(ByteBuffer source) {
        int written = source.remaining();
        while (source.hasRemaining()) {
            grow(source.remaining());
            int piece = Math.min(source.remaining(), held.length - count);
            source.get(held, count, piece);
            count += piece;
            if (count == PIECE) {
                send();
            }
        }
        return written;
    }

    private void grow(int more) {
        if (count + (long) more > held.length && held.length < PIECE) {
            held = Arrays.copyOf(held, (int) Math.min(PIECE, Math.max(held.length * 2L, count + (long) more)));
        }
    }

    private void send() {
        upload.put(path, sent, held, count);
        sent += count;
        count = 0;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    /** Sends the rest; an empty file is one, too. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (count > 0 || sent == 0) {
                send();
            }
        }
    }
}
