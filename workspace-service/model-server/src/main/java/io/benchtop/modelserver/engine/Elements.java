package io.benchtop.modelserver.engine;

import io.benchtop.modelserver.protocol.Tensor;
import io.netty.buffer.ByteBuf;

/** Single elements of tensors as numbers. */
final class Elements {

    private Elements() {}

    /** The element as a number. Not for BYTES. */
    static double number(Tensor tensor, int index) {
        ByteBuf data = tensor.data();
        int at = data.readerIndex() + index * tensor.datatype().size();
        return switch (tensor.datatype()) {
            case BOOL, UINT8 -> data.getUnsignedByte(at);
            case INT8 -> data.getByte(at);
            case INT16 -> data.getShortLE(at);
            case UINT16 -> data.getUnsignedShortLE(at);
            case INT32 -> data.getIntLE(at);
            case UINT32 -> data.getUnsignedIntLE(at);
            case INT64 -> data.getLongLE(at);
            case UINT64 -> unsigned(data.getLongLE(at));
            case FP16 -> Float.float16ToFloat(data.getShortLE(at));
            case BF16 -> Float.intBitsToFloat(data.getShortLE(at) << 16);
            case FP32 -> data.getFloatLE(at);
            case FP64 -> data.getDoubleLE(at);
            case BYTES -> throw new IllegalArgumentException("texts are no numbers");
        };
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
    }
}
