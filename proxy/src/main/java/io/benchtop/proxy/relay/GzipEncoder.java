package io.benchtop.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Turns a body of known length into gzip in chunked framing, piece by piece as it passes. Keeps a copy of the gzip bytes
 * while they are few enough to be worth remembering.
 */
final class GzipEncoder {

    static final int MAX_KEPT = 2 << 20;
    private static final int LEVEL = 6;
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ByteBufAllocator allocator;
    private final Deflater deflater = new Deflater(LEVEL, true);
    private final CRC32 checksum = new CRC32();
    private @Nullable ByteBuf kept;
    private long length;
    private boolean started;

    GzipEncoder(ByteBufAllocator allocator, boolean keep) {
        this.allocator = allocator;
        this.kept = keep ? allocator.heapBuffer() : null;
    }

    /** Consumes one piece of the body; the result may be empty, because deflate looks ahead. */
    ByteBuf encode(ByteBuf piece) {
        try {
            ByteBuf out = allocator.directBuffer(Math.max(256, piece.readableBytes() / 2));
            begin(out);
            length += piece.readableBytes();
            for (ByteBuffer part : piece.nioBuffers()) {
                checksum.update(part.duplicate());
                deflater.setInput(part);
                drain(out);
            }
            return chunk(out);
        } finally {
            piece.release();
        }
    }

    /** What is left, the gzip trailer and the last chunk. */
    ByteBuf finish() {
        ByteBuf out = allocator.directBuffer(256);
        begin(out);
        deflater.finish();
        drain(out);
        out.writeIntLE((int) checksum.getValue());
        out.writeIntLE((int) length);
        return chunk(out).writeBytes(LAST_CHUNK);
    }

    private void begin(ByteBuf out) {
        if (!started) {
            started = true;
            out.writeBytes(HEADER);
        }
    }

    private void drain(ByteBuf out) {
        int written = 1;
        while (written > 0 && !deflater.finished()) {
            out.ensureWritable(8192);
            written = deflater.deflate(out.nioBuffer(out.writerIndex(), out.writableBytes()));
            out.writerIndex(out.writerIndex() + written);
        }
    }

    private ByteBuf chunk(ByteBuf data) {
        remember(data);
        if (!data.isReadable()) {
            return data;
        }
        ByteBuf framed = allocator.directBuffer(data.readableBytes() + 32);
        framed.writeCharSequence(Integer.toHexString(data.readableBytes()) + "\r\n", StandardCharsets.US_ASCII);
        framed.writeBytes(data).writeByte('\r').writeByte('\n');
        data.release();
        return framed;
    }

    private void remember(ByteBuf data) {
        if (kept != null && kept.readableBytes() + data.readableBytes() > MAX_KEPT) {
            kept.release();
            kept = null;
        }
        if (kept != null) {
            kept.writeBytes(data, data.readerIndex(), data.readableBytes());
        }
    }

    /** The whole gzip file after {@link #finish}, or null when it was not kept. */
    byte @Nullable [] file() {
        if (kept == null) {
            return null;
        }
        byte[] file = new byte[kept.readableBytes()];
        kept.getBytes(kept.readerIndex(), file);
        return file;
    }

    /** Frees what is outside the heap; to be called exactly once, however the answer ended. */
    void close() {
        deflater.end();
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }
}
