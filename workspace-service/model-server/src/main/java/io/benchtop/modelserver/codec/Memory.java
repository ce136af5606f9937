package io.benchtop.modelserver.codec;

import io.benchtop.modelserver.protocol.DataType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

/** Where tensors live: pooled, outside the heap, at an address that suits vector instructions. */
public final class Memory {

    private static final int ALIGNMENT = 16;

    private Memory() {}

    /** Starts small if told so and grows. */
    public static ByteBuf direct(int bytes) {
        return PooledByteBufAllocator.DEFAULT.directBuffer(bytes);
    }

    /** The bytes from an offset on, held once more; copied where a runtime could not read them in place. */
    static ByteBuf slice(ByteBuf source, int offset, int length, DataType datatype) {
        boolean aligned = source.hasMemoryAddress() && (source.memoryAddress() + offset) % ALIGNMENT == 0;
        if (aligned || datatype == DataType.BYTES) {
            return source.retainedSlice(offset, length);
        }
        return direct(Math.max(1, length)).writeBytes(source, offset, length);
    }
}
