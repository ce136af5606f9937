package io.benchtop.modelserver.protocol;

import java.util.Arrays;

/**
 * Types of elements by the names of the protocol. Elements are little-endian; BYTES are a length of four bytes and then
 * that many bytes, one after the other.
 */
public enum DataType {
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
    BYTES(0);

    private final int size;

    DataType(int size) {
        this.size = size;
    }

    /** Bytes of one element; 0 for BYTES, whose elements differ. */
    public int size() {
        return size;
    }

    /** Half floats have no form in JSON: they travel as raw bytes only. */
    public boolean isRawOnly() {
        return this == FP16 || this == BF16;
    }

    public static DataType of(String name) {
        try {
            return valueOf(name);
        } catch (IllegalArgumentException e) {
            throw InferenceException.invalid(
                    "there is no datatype " + Quote.of(name) + ": it is one of " + Arrays.toString(values()));
        }
    }
}
