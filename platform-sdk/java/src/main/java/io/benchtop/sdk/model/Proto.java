package io.benchtop.sdk.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Writes one message of protocol buffers, field by field. See https://protobuf.dev/programming-guides/encoding/. */
final class Proto {

    private static final int VARINT = 0;
    private static final int LENGTH = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Proto number(int field, long value) {
        return varint(((long) field << 3) | VARINT).varint(value);
    }

    Proto text(int field, String value) {
        return bytes(field, value.getBytes(UTF_8));
    }

    Proto message(int field, Proto value) {
        return bytes(field, value.toBytes());
    }

    Proto bytes(int field, byte[] value) {
        varint(((long) field << 3) | LENGTH).varint(value.length);
        out.writeBytes(value);
        return this;
    }

    /** Seven bits at a time, the lowest first; the eighth says that more follow. */
    private Proto varint(long value) {
        var left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) ((left & 0x7f) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
