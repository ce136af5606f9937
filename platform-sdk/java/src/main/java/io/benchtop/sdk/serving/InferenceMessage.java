package io.benchtop.sdk.serving;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.benchtop.sdk.tensor.Datatype;
import io.benchtop.sdk.tensor.Tensor;
import io.benchtop.sdk.tensor.TensorJson;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Open Inference Protocol with tensors as raw bytes: a head of JSON, then the tensors in its order. See
 * https://github.com/kserve/open-inference-protocol and its binary extension.
 */
final class InferenceMessage {

    static final String HEADER_LENGTH = "Inference-Header-Content-Length";

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
    private static final String BINARY_SIZE = "binary_data_size";
    private static final String PARAMETERS = "parameters";

    private final int head;
    private final byte[] body;

    /**
     * @param head the length of the JSON
     * @param body head and tensors
     */
    InferenceMessage(int head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    int head() {
        return head;
    }

    byte[] body() {
        return body;
    }

    /** Asks for outputs; for all if none are named. */
    static InferenceMessage request(Map<String, Tensor> inputs, List<String> outputs) {
        // The order of the head is the order of the bytes.
        var ordered = new LinkedHashMap<>(inputs);
        var asked = new JsonObject();
        asked.add(PARAMETERS, property("binary_data_output", new JsonPrimitive(true)));
        asked.add("inputs", inputs(ordered));
        if (!outputs.isEmpty()) {
            var named = new JsonArray();
            outputs.forEach(name -> named.add(property("name", new JsonPrimitive(name))));
            asked.add("outputs", named);
        }
        var head = GSON.toJson(asked).getBytes(UTF_8);
        int size = ordered.values().stream()
                .mapToInt(tensor -> tensor.raw().remaining())
                .reduce(head.length, Math::addExact);
        var body = ByteBuffer.allocate(size).put(head);
        ordered.values().forEach(tensor -> body.put(tensor.raw()));
        return new InferenceMessage(head.length, body.array());
    }

    private static JsonArray inputs(Map<String, Tensor> tensors) {
        var all = new JsonArray();
        tensors.forEach((name, tensor) -> {
            var told = property("name", new JsonPrimitive(name));
            told.addProperty("datatype", tensor.datatype().name());
            told.add("shape", GSON.toJsonTree(tensor.shape()));
            told.add(
                    PARAMETERS,
                    property(BINARY_SIZE, new JsonPrimitive(tensor.raw().remaining())));
            all.add(told);
        });
        return all;
    }

    private static JsonObject property(String name, JsonElement value) {
        var object = new JsonObject();
        object.add(name, value);
        return object;
    }

    /**
     * What an answer says.
     *
     * @throws RuntimeException of any kind where it is none of the protocol
     */
    Answer answer() {
        var told = JsonParser.parseString(new String(body, 0, head, UTF_8)).getAsJsonObject();
        var rest = ByteBuffer.wrap(body, head, body.length - head);
        var outputs = new LinkedHashMap<String, Tensor>();
        for (var each : told.getAsJsonArray("outputs")) {
            var output = each.getAsJsonObject();
            outputs.put(output.get("name").getAsString(), tensor(output, rest));
        }
        var version = told.get("model_version");
        return new Answer(outputs, version == null ? "" : version.getAsString());
    }

    private static Tensor tensor(JsonObject told, ByteBuffer rest) {
        var type = Datatype.valueOf(told.get("datatype").getAsString());
        var shape = told.getAsJsonArray("shape").asList().stream()
                .map(JsonElement::getAsLong)
                .toList();
        var parameters = told.getAsJsonObject(PARAMETERS);
        if (parameters == null || !parameters.has(BINARY_SIZE)) {
            return TensorJson.read(type, shape, told.getAsJsonArray("data"));
        }
        int size = parameters.get(BINARY_SIZE).getAsInt();
        var raw = rest.slice(rest.position(), size);
        rest.position(rest.position() + size);
        return Tensor.ofRaw(type, shape, raw);
    }

    /** @param version as the answer itself tells it; may be empty */
    record Answer(Map<String, Tensor> outputs, String version) {}
}
