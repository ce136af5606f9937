package io.benchtop.modelserver.protocol;

import io.netty.buffer.ByteBuf;

/**
 * A named tensor: little-endian elements in row-major order, as {@link DataType} says, in one contiguous buffer between
 * its reader and writer index. Whoever holds a tensor releases it; indices are never moved.
 */
public record Tensor(String name, DataType datatype, Shape shape, ByteBuf data) implements AutoCloseable {

    public int bytes() {
        return data.readableBytes();
    }

    public long elements() {
        return shape.elements();
    }

    public Tensor named(String other) {
        return new Tensor(other, datatype, shape, data);
    }

    /** Another holder of the same bytes. */
    public Tensor share() {
        data.retain();
        return this;
    }

    @Override
    public void close() {
        data.release();
    }

    public static void closeAll(Iterable<Tensor> tensors) {
        tensors.forEach(Tensor::close);
    }

    @Override
    public String toString() {
        return name + " " + datatype + shape;
    }
}
