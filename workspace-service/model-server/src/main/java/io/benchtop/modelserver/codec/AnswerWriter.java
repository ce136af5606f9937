package io.benchtop.modelserver.codec;

import io.benchtop.modelserver.protocol.InferenceAnswer;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.InferenceRequest;
import io.benchtop.modelserver.protocol.Tensor;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes an answer as its request wants it: outputs in JSON, or as raw bytes behind the JSON. */
public final class AnswerWriter {

    private static final int PER_ELEMENT = 12;
    private static final int HEAD = 256;

    private AnswerWriter() {}

    /** An answer's bytes; {@code jsonLength} is -1 where all of it is JSON. */
    public record Encoded(ByteBuf body, int jsonLength) {}

    public static Encoded write(InferenceRequest request, InferenceAnswer answer) {
        try {
            return write(request, answer, Memory.direct(sizeGuess(answer)));
        } catch (OutOfMemoryError e) {
            throw Memory.exhausted(e);
        }
    }

    private static Encoded write(InferenceRequest request, InferenceAnswer answer, ByteBuf out) {
        List<Tensor> raw = new ArrayList<>();
        try {
            JsonWriter json = new JsonWriter(out).beginObject();
            json.name("model_name").text(answer.model());
            json.name("model_version").text(answer.version());
            if (answer.id() != null) {
                json.name("id").text(answer.id());
            }
            json.name("outputs").beginArray();
            for (Tensor output : answer.outputs()) {
                boolean binary = request.wantsBinary(output.name());
                tensor(json, output, binary);
                if (binary) {
                    raw.add(output);
                }
            }
            json.endArray().endObject();
            int length = out.readableBytes();
            raw.forEach(tensor -> out.writeBytes(tensor.data(), tensor.data().readerIndex(), tensor.bytes()));
            return new Encoded(out, raw.isEmpty() ? -1 : length);
        } catch (RuntimeException | OutOfMemoryError e) {
            out.release();
            throw e;
        }
    }

    private static int sizeGuess(InferenceAnswer answer) {
        long elements = answer.outputs().stream().mapToLong(Tensor::elements).sum();
        return (int) Math.min(1 << 20, HEAD + elements * PER_ELEMENT);
    }

    private static void tensor(JsonWriter json, Tensor tensor, boolean binary) {
        json.beginObject().name("name").text(tensor.name());
        json.name("datatype").text(tensor.datatype().name());
        json.name("shape").beginArray();
        for (long dimension : tensor.shape().dimensions()) {
            json.number(dimension);
        }
        json.endArray();
        if (binary) {
            json.name("parameters").beginObject();
            json.name("binary_data_size").number((long) tensor.bytes()).endObject();
        } else {
            json.name("data").beginArray();
            elements(json, tensor);
            json.endArray();
        }
        json.endObject();
    }

    /** The elements of a tensor, flat, into an array that is open. */
    public static void elements(JsonWriter json, Tensor tensor) {
        ByteBuf data = tensor.data().slice();
        int count = (int) tensor.elements();
        switch (tensor.datatype()) {
            case BYTES -> BytesElements.each(tensor, element -> json.text(new String(element, StandardCharsets.UTF_8)));
            case FP16, BF16 ->
                throw InferenceException.invalid("output '" + tensor.name() + "' is " + tensor.datatype()
                        + ", which has no form in JSON: ask for it with the parameter binary_data");
            default -> {
                for (int i = 0; i < count; i++) {
                    number(json, tensor, data);
                }
            }
        }
    }

    private static void number(JsonWriter json, Tensor tensor, ByteBuf data) {
        switch (tensor.datatype()) {
            case BOOL -> json.bool(data.readByte() != 0);
            case INT8 -> json.number((long) data.readByte());
            case UINT8 -> json.number((long) data.readUnsignedByte());
            case INT16 -> json.number((long) data.readShortLE());
            case UINT16 -> json.number((long) data.readUnsignedShortLE());
            case INT32 -> json.number((long) data.readIntLE());
            case UINT32 -> json.number(data.readUnsignedIntLE());
            case INT64 -> json.number(data.readLongLE());
            case UINT64 -> json.word(Long.toUnsignedString(data.readLongLE()));
            case FP32 -> json.number(data.readFloatLE());
            case FP64 -> json.number(data.readDoubleLE());
            case BYTES, FP16, BF16 -> throw new IllegalArgumentException("no number: " + tensor.datatype());
        }
    }
}
