package io.benchtop.service.model.walk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes protocol buffers by hand, the wrong ones too. */
public final class ProtoWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public static ProtoWriter proto() {
        return new ProtoWriter();
    }

    /** A number as it is written, with no field before it. */
    public ProtoWriter varint(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
        return this;
    }

    public ProtoWriter tag(int field, int wire) {
        return varint((long) field << 3 | wire);
    }

    public ProtoWriter number(int field, long value) {
        return tag(field, 0).varint(value);
    }

    public ProtoWriter bytes(int field, byte[] value) {
        tag(field, 2).varint(value.length);
        return raw(value);
    }

    public ProtoWriter text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    public ProtoWriter message(int field, ProtoWriter value) {
        return bytes(field, value.toBytes());
    }

    public ProtoWriter raw(byte... value) {
        out.writeBytes(value);
        return this;
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }
}
