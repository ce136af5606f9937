package io.benchtop.modelserver.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * Writes JSON into a buffer. Commas are set by itself. Numbers go through one builder that is used again and again, so
 * that a tensor of floats makes no object per element.
 */
public final class JsonWriter {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuf out;
    private final StringBuilder digits = new StringBuilder(32);
    private boolean comma;

    public JsonWriter(ByteBuf out) {
        this.out = out;
    }

    public JsonWriter beginObject() {
        return open('{');
    }

    public JsonWriter endObject() {
        return close('}');
    }

    public JsonWriter beginArray() {
        return open('[');
    }

    public JsonWriter endArray() {
        return close(']');
    }

    private JsonWriter open(char bracket) {
        separate();
        out.writeByte(bracket);
        comma = false;
        return this;
    }

    private JsonWriter close(char bracket) {
        out.writeByte(bracket);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            out.writeByte(',');
        }
        comma = true;
    }

    public JsonWriter name(String name) {
        separate();
        quoted(name.getBytes(StandardCharsets.UTF_8));
        out.writeByte(':');
        comma = false;
        return this;
    }

    public JsonWriter text(String value) {
        separate();
        quoted(value.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public JsonWriter bool(boolean value) {
        return word(value ? "true" : "false");
    }

    public JsonWriter nothing() {
        return word("null");
    }

    public JsonWriter number(long value) {
        separate();
        digits.setLength(0);
        return flush(digits.append(value));
    }

    /** JSON has no word for what is not finite: it becomes {@code null}. */
    public JsonWriter number(float value) {
        if (!Float.isFinite(value)) {
            return nothing();
        }
        separate();
        digits.setLength(0);
        return flush(digits.append(value));
    }

    public JsonWriter number(double value) {
        if (!Double.isFinite(value)) {
            return nothing();
        }
        separate();
        digits.setLength(0);
        return flush(digits.append(value));
    }

    JsonWriter word(String ascii) {
        separate();
        ByteBufUtil.writeAscii(out, ascii);
        return this;
    }

    private JsonWriter flush(StringBuilder text) {
        int length = text.length();
        out.ensureWritable(length);
        for (int i = 0; i < length; i++) {
            out.writeByte(text.charAt(i));
        }
        return this;
    }

    private void quoted(byte[] utf8) {
        out.ensureWritable(utf8.length + 2).writeByte('"');
        for (byte b : utf8) {
            if (b == '"' || b == '\\') {
                out.writeByte('\\').writeByte(b);
            } else if (b >= 0 && b < ' ') {
                ByteBufUtil.writeAscii(out, "\\u00");
                out.writeByte(HEX[b >> 4]).writeByte(HEX[b & 15]);
            } else {
                out.writeByte(b);
            }
        }
        out.writeByte('"');
    }
}
