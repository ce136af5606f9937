package io.benchtop.service.model.walk;

import io.benchtop.service.model.walk.OnnxMessage.Field;

/** Compares how many values a tensor says that it has with how many bytes are there, so that nobody makes room for values that are not. */
final class OnnxTensor {

    private static final int FLOAT = 1;
    private static final int STRING = 8;
    private static final int DOUBLE = 11;
    private static final int COMPLEX64 = 14;
    private static final int COMPLEX128 = 15;

    /** Bits of a value, by data type; 0 where there is no such type or no fixed size. */
    private static final int[] BITS = {
        0, 32, 8, 8, 16, 16, 32, 64, 0, 8, 16, 64, 32, 64, 64, 128, 16, 8, 8, 8, 8, 4, 4, 4, 8, 2, 2
    };

    private long elements = 1;
    private long type;
    private long rawBytes = -1;
    private long floatBytes;
    private long doubleBytes;
    private long otherBytes;
    private long strings;

    void dimension(long size) throws Wrong {
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw new Wrong("a dimension is " + size);
        }
        try {
            elements = Math.multiplyExact(elements, size);
        } catch (ArithmeticException _) {
            throw new Wrong("its dimensions multiply to more than can be counted");
        }
    }

    void type(long dataType) {
        type = dataType;
    }

    void bytes(Field field, long length) {
        switch (field.name()) {
            case "raw_data" -> rawBytes = length;
            case "float_data" -> floatBytes += length;
            case "double_data" -> doubleBytes += length;
            case "string_data" -> strings++;
            case "int32_data", "int64_data", "uint64_data" -> otherBytes += length;
            default -> {}
        }
    }

    void end() throws Wrong {
        if (type < 1 || type >= BITS.length) {
            throw new Wrong("its data type is " + type + ", which is none");
        }
        boolean whole = rawBytes >= 0 ? isRaw() : isTyped();
        if (!whole) {
            throw new Wrong("it says that it has " + elements + " values, and its data is of another size");
        }
    }

    private boolean isRaw() {
        int bits = BITS[(int) type];
        // Of less than a byte, several share one; rounded up.
        return bits > 0 && elements <= (1L << 50) && rawBytes == (elements * bits + 7) / 8;
    }

    private boolean isTyped() {
        if (elements > 1L << 50) {
            return false;
        }
        return switch ((int) type) {
            case FLOAT -> floatBytes == elements * 4;
            case COMPLEX64 -> floatBytes == elements * 8;
            case DOUBLE -> doubleBytes == elements * 8;
            case COMPLEX128 -> doubleBytes == elements * 16;
            case STRING -> strings == elements;
            // Each has a byte at least, in which are four at most.
            default -> elements <= otherBytes * 4 && (elements > 0 || otherBytes == 0);
        };
    }

    /** What is wrong with a tensor. */
    static final class Wrong extends Exception {

        private static final long serialVersionUID = 1;

        Wrong(String message) {
            super(message, null, false, false);
        }
    }
}
