package io.benchtop.proxy.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads top-level text fields of a protobuf message without knowing the message. All requests of the Open Inference Protocol
 * that are about a model have its name in field 1 and its version in field 2.
 */
final class MessageFields {

    private static final int MAX_TEXT = 256;
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    private final byte[] message;
    private int position;

    private MessageFields(byte[] message) {
        this.message = message;
    }

    /** The field's last value, as protobuf has it; empty when it is not there, is no text, or the message is broken. */
    static String text(byte[] message, int field) {
        try {
            return new MessageFields(message).find(field);
        } catch (IndexOutOfBoundsException e) {
            return "";
        }
    }

    private String find(int field) {
        String found = "";
        while (position < message.length) {
            long tag = varint();
            int type = (int) (tag & 7);
            switch (type) {
                case VARINT -> varint();
                case FIXED64 -> skip(Long.BYTES);
                case FIXED32 -> skip(Integer.BYTES);
                case LENGTH -> {
                    long length = varint();
                    int start = position;
                    skip(length);
                    if (tag >>> 3 == field && length <= MAX_TEXT) {
                        found = new String(message, start, (int) length, UTF_8);
                    }
                }
                default -> throw new IndexOutOfBoundsException("no such wire type");
            }
        }
        return found;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte b = message[position++];
            value |= (b & 0x7fL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("a number without end");
    }

    private void skip(long length) {
        if (length < 0 || length > message.length - position) {
            throw new IndexOutOfBoundsException("a field longer than its message");
        }
        position += (int) length;
    }
}
