package io.benchtop.sdk.tensor;

import java.nio.ByteBuffer;

/** Types of elements, by the names that the Open Inference Protocol gives them. */
public enum Datatype {
    BOOL(1),
    UINT8(1),
    UINT16(2),
    UINT32(4),
    UINT64(8),
    INT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    FP16(2),
    BF16(2),
    FP32(4),
    FP64(8),
    /** Texts, each with its length before it. */
    BYTES(0);

    private final int width;

    Datatype(int width) {
        this.width = width;
    }

    /** Bytes of one element; 0 where each has its own. */
    int width() {
        return width;
    }

    boolean isFloating() {
        return this == FP16 || this == BF16 || this == FP32 || this == FP64;
    }

    boolean isWhole() {
        return !isFloating() && this != BYTES && this != BOOL;
    }

    /** The element at an index, of whole numbers; those of UINT64 as their bits. */
    long whole(ByteBuffer raw, int index) {
        int at = index * width;
        return switch (this) {
            case BOOL, UINT8 -> raw.get(at) & 0xffL;
            case UINT16 -> raw.getShort(at) & 0xffffL;
            case UINT32 -> raw.getInt(at) & 0xffff_ffffL;
            case INT8 -> raw.get(at);
            case INT16 -> raw.getShort(at);
            case INT32 -> raw.getInt(at);
            case INT64, UINT64 -> raw.getLong(at);
            default -> throw new IllegalStateException(this + " has no whole numbers");
        };
    }

    /** The element at an index, of any numbers. */
    double number(ByteBuffer raw, int index) {
        int at = index * width;
        return switch (this) {
            case FP16 -> half(raw.getShort(at));
            case BF16 -> Float.intBitsToFloat(raw.getShort(at) << 16);
            case FP32 -> raw.getFloat(at);
            case FP64 -> raw.getDouble(at);
            default -> whole(raw, index);
        };
    }

    /** IEEE 754 binary16, for which Java 17 has no method: 5 bits of exponent, 10 of fraction. */
    private static float half(short bits) {
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        float size = exponent == 0
                ? fraction * 0x1p-24f
                : Float.intBitsToFloat(((exponent == 0x1f ? 0xff : exponent + 112) << 23) | (fraction << 13));
        return bits < 0 ? -size : size;
    }

    /** Appends a whole number, its lower bits where it is wider. */
    void put(ByteBuffer raw, long value) {
        switch (width) {
            case 1 -> raw.put((byte) value);
            case 2 -> raw.putShort((short) value);
            case 4 -> raw.putInt((int) value);
            default -> raw.putLong(value);
        }
    }
}
