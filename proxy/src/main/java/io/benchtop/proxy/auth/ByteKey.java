package io.benchtop.proxy.auth;

import io.benchtop.proxy.http.Ascii;
import java.util.Arrays;

/**
 * A range of bytes as a map key. One instance per event loop is pointed at the bytes at hand to look up without
 * copying; {@link #copy} makes the one that is stored.
 */
public final class ByteKey {

    private static final int HASHED_TAIL = 32;

    private byte[] bytes = new byte[0];
    private int start;
    private int end;
    private int hash;

    /** Points this key at a range, which must not change while the key is in use. */
    public ByteKey pointAt(byte[] source, int from, int to) {
        bytes = source;
        start = from;
        end = to;
        int h = end - start;
        for (int i = Math.max(start, end - HASHED_TAIL); i < end; i++) {
            h = h * 31 + bytes[i];
        }
        hash = h;
        return this;
    }

    ByteKey copy() {
        byte[] own = Arrays.copyOfRange(bytes, start, end);
        return new ByteKey().pointAt(own, 0, own.length);
    }

    String text() {
        return Ascii.text(bytes, start, end);
    }

    int length() {
        return end - start;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteKey that
                && hash == that.hash
                && Arrays.equals(bytes, start, end, that.bytes, that.start, that.end);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
