package io.benchtop.proxy.relay;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Pieces of a body that may be needed once more, up to a limit of its own and one for all together; beyond either nothing is
 * kept at all. Copies no byte.
 */
final class KeptBytes {

    private static final long ALL_BYTES = 32L << 20;

    private final int limit;
    private final AtomicLong all;
    private final List<ByteBuf> pieces = new ArrayList<>(2);
    private int size;
    private boolean overflowed;

    /** {@code all} counts what everybody keeps. */
    KeptBytes(int limit, AtomicLong all) {
        this.limit = limit;
        this.all = all;
    }

    /** Keeps a piece that goes on belonging to the caller. */
    void add(ByteBuf piece) {
        if (!overflowed) {
            pieces.add(piece.retainedDuplicate());
            size += piece.readableBytes();
            all.addAndGet(piece.readableBytes());
        }
    }

    boolean isOverLimit() {
        return size > limit || all.get() > ALL_BYTES;
    }

    boolean isWhole() {
        return !overflowed;
    }

    List<ByteBuf> pieces() {
        return pieces;
    }

    /** Keeps nothing from now on. */
    void giveUp() {
        overflowed = true;
        all.addAndGet(-size);
        size = 0;
        pieces.forEach(ByteBuf::release);
        pieces.clear();
    }
}
