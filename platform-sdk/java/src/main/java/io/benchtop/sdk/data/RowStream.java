package io.benchtop.sdk.data;

import io.benchtop.sdk.error.BenchtopException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The service's Arrow stream with memory of its own, which closing gives back. A stream that was cut off is an error and never taken
 * for the end: the end is a mark.
 */
final class RowStream extends ArrowStreamReader {

    private final Marked source;
    private final BufferAllocator memory;
    private final String dataset;
    private boolean closed;

    private RowStream(Marked source, BufferAllocator memory, String dataset) {
        super(source, memory);
        this.source = source;
        this.memory = memory;
        this.dataset = dataset;
    }

    static RowStream over(InputStream body, String dataset) {
        return new RowStream(new Marked(body), new RootAllocator(), dataset);
    }

    @Override
    protected Schema readSchema() {
        try {
            return super.readSchema();
        } catch (IOException | IllegalArgumentException e) {
            throw brokenOff(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    @Override
    public boolean loadNextBatch() {
        try {
            var more = super.loadNextBatch();
            if (!more && !source.ended()) {
                throw brokenOff("the stream has no end");
            }
            return more;
        } catch (IOException | IllegalArgumentException e) {
            throw brokenOff(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private BenchtopException brokenOff(String why) {
        return new BenchtopException(
                "read_interrupted",
                "The rows of " + dataset + " broke off (" + why + "). Read it again from the beginning.");
    }

    @Override
    public void close(boolean closeSource) throws IOException {
        if (!closed) {
            closed = true;
            super.close(closeSource);
            memory.close();
        }
    }

    /** Remembers the last eight bytes. */
    private static final class Marked extends FilterInputStream {

        private static final long END_OF_STREAM = 0xffff_ffff_0000_0000L;

        private long last;

        Marked(InputStream body) {
            super(body);
        }

        boolean ended() {
            return last == END_OF_STREAM;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            if (one >= 0) {
                last = last << 8 | one;
            }
            return one;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            for (int i = Math.max(0, count - Long.BYTES); i < count; i++) {
                last = last << 8 | Byte.toUnsignedInt(target[offset + i]);
            }
            return count;
        }
    }
}
