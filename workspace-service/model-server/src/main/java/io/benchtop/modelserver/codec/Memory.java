package io.benchtop.modelserver.codec;

import io.benchtop.modelserver.protocol.DataType;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.InferenceException.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where tensors live: pooled, outside the heap, at an address that suits vector instructions. That there is none left is
 * an {@link OutOfMemoryError} that ends nothing: whoever reads or writes a message gives back what it holds and tells its
 * sender to come again.
 */
public final class Memory {

    private static final Logger LOG = LoggerFactory.getLogger(Memory.class);
    private static final int ALIGNMENT = 16;

    private Memory() {}

    /** Starts small if told so and grows. */
    public static ByteBuf direct(int bytes) {
        return PooledByteBufAllocator.DEFAULT.directBuffer(bytes);
    }

    /** What a sender is told when there was no memory for its message. */
    public static InferenceException exhausted(OutOfMemoryError why) {
        LOG.warn("no memory for a message: {}", why.toString());
        return new InferenceException(Reason.OVERLOADED, "the server has no memory left for this: try again later");
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
