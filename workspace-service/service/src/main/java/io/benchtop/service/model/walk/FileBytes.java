package io.benchtop.service.model.walk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Reads a file of any size through one small buffer; what is skipped is never read. */
final class FileBytes {

    private static final int BUFFER = 1 << 14;

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);

    /** Where in the file the buffer's first byte is. */
    private long start;

    FileBytes(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    long size() {
        return size;
    }

    long position() {
        return start + buffer.position();
    }

    void position(long wanted) {
        if (wanted >= start && wanted <= start + buffer.limit()) {
            buffer.position((int) (wanted - start));
        } else {
            start = wanted;
            buffer.position(0).limit(0);
        }
    }

    int next() throws IOException {
        if (!buffer.hasRemaining()) {
            fill();
        }
        return buffer.get() & 0xff;
    }

    private void fill() throws IOException {
        start += buffer.limit();
        buffer.clear();
        int count = channel.read(buffer, start);
        buffer.flip();
        if (count <= 0) {
            buffer.limit(0);
            throw new EOFException("the file ends at " + start);
        }
    }

    /** A number of so many bytes, the lowest first. */
    long number(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) next() << (8 * i);
        }
        return value;
    }

    /** Text of so many bytes, which whoever asks has bounded. */
    String text(int bytes) throws IOException {
        byte[] read = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            read[i] = (byte) next();
        }
        return new String(read, StandardCharsets.UTF_8);
    }
}
