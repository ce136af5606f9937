package io.benchtop.modelserver.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.benchtop.modelserver.protocol.DataType;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.Quote;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Reads the elements of one tensor's JSON data, flat or nested, straight into its buffer: one loop over tokens and no
 * object per element, but for texts. {@code null} is NaN where there is one.
 */
final class ElementReader {

    private static final BigInteger UINT64_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private final JsonParser parser;
    private final String tensor;
    private final DataType datatype;
    private final ByteBuf into;
    private long count;

    ElementReader(JsonParser parser, String tensor, DataType datatype, ByteBuf into) {
        this.parser = parser;
        this.tensor = tensor;
        this.datatype = datatype;
        this.into = into;
    }

    /** Reads from the array that the parser is at to its end; returns how many elements there were. */
    long read() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw InferenceException.invalid("tensor " + Quote.of(tensor) + ": its data must be an array");
        }
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                depth++;
            } else if (token == JsonToken.END_ARRAY) {
                depth--;
            } else if (token == null) {
                throw InferenceException.invalid("tensor " + Quote.of(tensor) + ": its data does not end");
            } else {
                element(token);
                count++;
            }
        }
        return count;
    }

    private void element(JsonToken token) throws IOException {
        switch (datatype) {
            case FP32 ->
                into.writeFloatLE(
                        token == JsonToken.VALUE_NULL
                                ? Float.NaN
                                : number(token).getFloatValue());
            case FP64 ->
                into.writeDoubleLE(
                        token == JsonToken.VALUE_NULL
                                ? Double.NaN
                                : number(token).getDoubleValue());
            case INT64 -> into.writeLongLE(integer(token).getLongValue());
            case INT32 -> into.writeIntLE((int) within(token, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case UINT32 -> into.writeIntLE((int) within(token, 0, 0xFFFF_FFFFL));
            case INT16 -> into.writeShortLE((int) within(token, Short.MIN_VALUE, Short.MAX_VALUE));
            case UINT16 -> into.writeShortLE((int) within(token, 0, 0xFFFF));
            case INT8 -> into.writeByte((int) within(token, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case UINT8 -> into.writeByte((int) within(token, 0, 0xFF));
            case UINT64 -> into.writeLongLE(unsignedLong(token));
            case BOOL -> into.writeByte(truth(token));
            case BYTES -> text(token);
            case FP16, BF16 ->
                throw InferenceException.invalid("tensor " + Quote.of(tensor) + ": " + datatype
                        + " has no form in JSON: send it as binary data");
        }
    }

    private JsonParser number(JsonToken token) {
        if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
            throw wrong("not a number");
        }
        return parser;
    }

    private JsonParser integer(JsonToken token) {
        if (token != JsonToken.VALUE_NUMBER_INT) {
            throw wrong("not a whole number");
        }
        return parser;
    }

    private long within(JsonToken token, long least, long most) throws IOException {
        long value = integer(token).getLongValue();
        if (value < least || value > most) {
            throw wrong("not from " + least + " to " + most);
        }
        return value;
    }

    private long unsignedLong(JsonToken token) throws IOException {
        if (integer(token).getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return within(token, 0, Long.MAX_VALUE);
        }
        BigInteger value = parser.getBigIntegerValue();
        if (value.signum() < 0 || value.compareTo(UINT64_MAX) > 0) {
            throw wrong("not from 0 to " + UINT64_MAX);
        }
        return value.longValue();
    }

    private int truth(JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_TRUE -> 1;
            case VALUE_FALSE -> 0;
            case VALUE_NUMBER_INT -> (int) within(token, 0, 1);
            default -> throw wrong("neither true nor false");
        };
    }

    private void text(JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            throw wrong("not a text");
        }
        byte[] bytes = parser.getText().getBytes(StandardCharsets.UTF_8);
        into.writeIntLE(bytes.length).writeBytes(bytes);
    }

    private InferenceException wrong(String what) {
        return InferenceException.invalid(
                "tensor " + Quote.of(tensor) + ": expected " + datatype + ", but element " + count + " is " + what);
    }
}
