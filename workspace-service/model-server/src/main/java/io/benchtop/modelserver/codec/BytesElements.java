package io.benchtop.modelserver.codec;

import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.Quote;
import io.benchtop.modelserver.protocol.Tensor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Collection;
import java.util.function.Consumer;

/** Elements of a BYTES tensor: each is a length of four bytes and then that many bytes. */
public final class BytesElements {

    private BytesElements() {}

    /** Calls back with each element's bytes. */
    public static void each(Tensor tensor, Consumer<byte[]> consumer) {
        ByteBuf data = tensor.data().slice();
        while (data.isReadable()) {
            byte[] element = new byte[data.readIntLE()];
            data.readBytes(element);
            consumer.accept(element);
        }
    }

    /** Refuses bytes that are not exactly so many elements. */
    public static void check(Tensor tensor) {
        ByteBuf data = tensor.data();
        int at = data.readerIndex();
        long count = 0;
        while (at < data.writerIndex()) {
            int left = data.writerIndex() - at;
            int length = left < Integer.BYTES ? -1 : data.getIntLE(at);
            if (length < 0 || length > left - Integer.BYTES) {
                throw InferenceException.invalid("tensor " + Quote.of(tensor.name()) + ": the length of element "
                        + count + " does not fit the " + left + " bytes that are left");
            }
            at += Integer.BYTES + length;
            count++;
        }
        if (count != tensor.elements()) {
            throw InferenceException.invalid("tensor " + Quote.of(tensor.name()) + ": shape " + tensor.shape()
                    + " needs " + tensor.elements() + " elements, got " + count);
        }
    }

    /** Where the element with the number begins. */
    public static int offset(Tensor tensor, long number) {
        ByteBuf data = tensor.data();
        int at = data.readerIndex();
        for (long i = 0; i < number; i++) {
            at += Integer.BYTES + data.getIntLE(at);
        }
        return at - data.readerIndex();
    }

    public static ByteBuf join(Collection<byte[]> elements) {
        int size = elements.stream()
                .mapToInt(element -> element.length + Integer.BYTES)
                .sum();
        ByteBuf joined = Unpooled.buffer(Math.max(1, size));
        elements.forEach(element -> joined.writeIntLE(element.length).writeBytes(element));
        return joined;
    }
}
