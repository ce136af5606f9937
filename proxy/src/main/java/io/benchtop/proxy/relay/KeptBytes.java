package io.benchtop.proxy.relay;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** Pieces of a body that may be needed once more, up to a limit; beyond it nothing is kept at all. Copies no byte. */
final class KeptBytes {

    private final int limit;
    private final List<ByteBuf> pieces = new ArrayList<>(2);
    private int size;
    private boolean overflowed;

    KeptBytes(int limit) {
        this.limit = limit;
    }

    /** Keeps a piece that goes on belonging to the caller. */
    void add(ByteBuf piece) {
        if (!overflowed) {
            pieces.add(piece.retainedDuplicate());
            size += piece.readableBytes();
        }
    }

    boolean isOverLimit() {
        return size > limit;
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
        pieces.forEach(ByteBuf::release);
        pieces.clear();
    }
}
