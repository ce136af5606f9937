package io.benchtop.service.table;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/** No more than the first bytes of a stream. */
public final class Piece extends FilterInputStream {

    private long left;

    /** @param length in bytes; closing this closes the stream */
    public Piece(InputStream content, long length) {
        super(content);
        this.left = length;
    }

    /** A piece of a file; closing it closes the file, which is closed at once if there is no such place in it. */
    public static InputStream of(FileChannel file, long offset, long length) throws IOException {
        try {
            return new Piece(Channels.newInputStream(file.position(offset)), length);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left <= 0) {
            return -1;
        }
        int count = super.read(target, offset, (int) Math.min(length, left));
        left -= Math.max(count, 0);
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(Math.min(count, left));
        left -= skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(super.available(), left);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
