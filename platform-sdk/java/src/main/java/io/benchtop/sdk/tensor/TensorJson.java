package io.benchtop.sdk.tensor;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.benchtop.api.model.SampleTensor;
import io.benchtop.sdk.error.BenchtopException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Tensors in JSON: as samples of models hold them, and as an answer without the binary extension does. */
public final class TensorJson {

    private TensorJson() {}

    /**
     * Writes one with its elements in a flat list.
     *
     * @throws BenchtopException {@code bad_tensor} for NaN and infinite values, which JSON has not
     */
    public static SampleTensor write(String name, Tensor tensor) {
        return new SampleTensor(name, tensor.datatype().name(), tensor.shape(), elements(name, tensor));
    }

    private static List<Object> elements(String name, Tensor tensor) {
        var type = tensor.datatype();
        if (type == Datatype.BYTES) {
            return List.copyOf(tensor.strings());
        }
        var raw = tensor.raw();
        return IntStream.range(0, tensor.size())
                .mapToObj(i -> type.isFloating() ? finite(name, type, type.number(raw, i)) : element(type, raw, i))
                .toList();
    }

    private static Object element(Datatype type, ByteBuffer raw, int index) {
        var value = type.whole(raw, index);
        return type == Datatype.BOOL ? (Object) (value != 0) : (Object) value;
    }

    private static Object finite(String name, Datatype type, double value) {
        if (!Double.isFinite(value)) {
            throw new BenchtopException(
                    "bad_tensor",
                    "'" + name + "' has NaN or infinite values, which a sample cannot hold. Give rows without them.");
        }
        // As a float it is written with the digits that it has, 0.1 and not 0.10000000149011612.
        return type == Datatype.FP64 ? (Object) value : (Object) (float) value;
    }

    /**
     * Reads one whose elements are nested or flat.
     *
     * @throws RuntimeException of any kind where it is none
     */
    public static Tensor read(Datatype type, List<Long> shape, JsonArray data) {
        var elements = new ArrayList<JsonElement>();
        flatten(data, elements);
        if (type == Datatype.BYTES) {
            var texts = elements.stream().map(JsonElement::getAsString).toList();
            return Tensor.strings(
                    texts, shape.stream().mapToLong(Long::longValue).toArray());
        }
        var raw = ByteBuffer.allocate(elements.size() * type.width()).order(ByteOrder.LITTLE_ENDIAN);
        elements.forEach(element -> put(raw, type, element));
        return Tensor.ofRaw(type, shape, raw.flip());
    }

    private static void put(ByteBuffer raw, Datatype type, JsonElement element) {
        switch (type) {
            case FP32 -> raw.putFloat(element.getAsFloat());
            case FP64 -> raw.putDouble(element.getAsDouble());
            case BOOL -> raw.put((byte) (element.getAsBoolean() ? 1 : 0));
            case FP16, BF16 -> throw new IllegalArgumentException("the protocol has no " + type + " in JSON");
            default -> type.put(raw, element.getAsLong());
        }
    }

    private static void flatten(JsonArray nested, List<JsonElement> into) {
        for (var each : nested) {
            if (each.isJsonArray()) {
                flatten(each.getAsJsonArray(), into);
            } else {
                into.add(each);
            }
        }
    }
}
