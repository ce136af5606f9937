package io.benchtop.service.http.api;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.benchtop.api.model.ModelSignature;
import io.benchtop.api.model.ModelTensor;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as an OpenAPI 3.1 document: the Open Inference Protocol with the names, types and shapes of one model.
 *
 * <p>Inputs are told apart by their names and may come in any order, so each is one alternative of the array's items and is asked for
 * once. Names of tensors are whatever a model calls them, and are therefore values, never keys of the document.
 */
final class EndpointOpenApi {

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
    private static final Set<String> RAW_ONLY = Set.of("FP16", "BF16");
    private static final String JSON = "application/json";

    private EndpointOpenApi() {}

    /**
     * @param signature null if nobody knows it: any tensors are described then
     * @param example a request in JSON; null for none
     */
    static String of(
            String endpoint,
            URI publicUrl,
            String version,
            @Nullable ModelSignature signature,
            @Nullable String example) {
        String model = "/serve/" + endpoint + "/v2/models/" + endpoint;
        JsonObject paths = new JsonObject();
        paths.add(model + "/infer", object("post", infer(endpoint, example)));
        paths.add(model + "/ready", object("get", ready()));
        paths.add(model, object("get", metadata()));
        JsonObject components = new JsonObject();
        components.add("securitySchemes", object("token", scheme()));
        components.add("schemas", schemas(signature));
        components.add("headers", object("ModelVersion", versionHeader()));
        components.add("responses", responses());

        JsonObject document = new JsonObject();
        document.addProperty("openapi", "3.1.0");
        document.add("info", info(endpoint, version));
        document.add("servers", array(text("url", publicUrl.toString().replaceFirst("/$", ""))));
        document.add("security", array(object("token", new JsonArray())));
        document.add("paths", paths);
        document.add("components", components);
        return GSON.toJson(document);
    }

    private static JsonObject info(String endpoint, String version) {
        JsonObject info = text("title", endpoint);
        info.addProperty("version", version);
        info.addProperty(
                "description",
                "Speaks the Open Inference Protocol v2. Described as version " + version
                        + " takes and gives it; X-Model-Version of an answer says which version gave it. Requests may"
                        + " also bring tensors as raw bytes after the JSON, with Inference-Header-Content-Length.");
        return info;
    }

    private static JsonObject scheme() {
        JsonObject scheme = text("type", "http");
        scheme.addProperty("scheme", "bearer");
        scheme.addProperty("description", "A token made for this endpoint, or one of a person who may call it.");
        return scheme;
    }

    private static JsonObject infer(String endpoint, @Nullable String example) {
        JsonObject media = object("schema", ref("schemas/Request"));
        if (example != null) {
            media.add("example", JsonParser.parseString(example));
        }
        JsonObject body = new JsonObject();
        body.addProperty("required", true);
        body.add("content", object(JSON, media));
        JsonObject operation = text("operationId", "infer");
        operation.addProperty("summary", "Ask " + endpoint);
        operation.add("requestBody", body);
        JsonObject answers = answers(ok("The answer.", ref("schemas/Answer")));
        answers.add("413", ref("responses/Refused"));
        operation.add("responses", answers);
        return operation;
    }

    private static JsonObject ready() {
        JsonObject properties = new JsonObject();
        properties.add("name", text("type", "string"));
        properties.add("ready", text("type", "boolean"));
        JsonObject operation = text("operationId", "ready");
        operation.addProperty("summary", "Whether it answers");
        operation.add("responses", answers(ok("It answers.", schema(properties, "ready"))));
        return operation;
    }

    private static JsonObject metadata() {
        JsonObject tensor = new JsonObject();
        tensor.add("name", text("type", "string"));
        tensor.add("datatype", text("type", "string"));
        tensor.add("shape", list(text("type", "integer")));
        JsonObject properties = new JsonObject();
        properties.add("name", text("type", "string"));
        properties.add("versions", list(text("type", "string")));
        properties.add("platform", text("type", "string"));
        properties.add("inputs", list(schema(tensor, "name", "datatype", "shape")));
        properties.add("outputs", list(schema(tensor.deepCopy(), "name", "datatype", "shape")));
        JsonObject operation = text("operationId", "metadata");
        operation.addProperty("summary", "What it takes and gives");
        operation.add("responses", answers(ok("Its signature.", schema(properties, "name", "inputs", "outputs"))));
        return operation;
    }

    private static JsonObject ok(String description, JsonObject schema) {
        JsonObject ok = text("description", description);
        ok.add("headers", object("X-Model-Version", ref("headers/ModelVersion")));
        ok.add("content", object(JSON, object("schema", schema)));
        return ok;
    }

    private static JsonObject answers(JsonObject ok) {
        JsonObject answers = object("200", ok);
        for (String status : List.of("400", "401", "403", "404")) {
            answers.add(status, ref("responses/Refused"));
        }
        answers.add("429", ref("responses/TooMany"));
        answers.add("503", ref("responses/Refused"));
        return answers;
    }

    private static JsonObject responses() {
        JsonObject content = object(JSON, object("schema", ref("schemas/Error")));
        JsonObject refused = text("description", "Refused; the error says why and what to do.");
        refused.add("content", content);
        JsonObject after = text("description", "Seconds until it is worth asking again.");
        after.add("schema", text("type", "integer"));
        JsonObject many = text("description", "More than is let in.");
        many.add("headers", object("Retry-After", after));
        many.add("content", content.deepCopy());
        JsonObject responses = object("Refused", refused);
        responses.add("TooMany", many);
        return responses;
    }

    private static JsonObject versionHeader() {
        JsonObject header = text("description", "The version that answered.");
        header.add("schema", text("type", "string"));
        return header;
    }

    private static JsonObject schemas(@Nullable ModelSignature signature) {
        JsonObject schemas = new JsonObject();
        JsonArray inputs = new JsonArray();
        JsonArray outputs = new JsonArray();
        if (signature != null) {
            add(schemas, inputs, "Input", signature.inputs());
            add(schemas, outputs, "Output", signature.outputs());
        }
        schemas.add("Request", request(inputs));
        schemas.add("Answer", answer(outputs));
        schemas.add("Error", schema(object("error", text("type", "string")), "error"));
        for (String type : List.of("number", "integer", "boolean", "string")) {
            schemas.add(values(type), list(anyOf(text("type", type), ref("schemas/" + values(type)))));
        }
        return schemas;
    }

    private static void add(JsonObject schemas, JsonArray references, String prefix, List<ModelTensor> tensors) {
        for (ModelTensor tensor : tensors) {
            String name = prefix + (references.size() + 1);
            schemas.add(name, tensor(tensor));
            references.add(ref("schemas/" + name));
        }
    }

    private static JsonObject request(JsonArray inputs) {
        JsonObject all = inputs.isEmpty() ? list(anyTensor()) : list(object("oneOf", inputs));
        if (!inputs.isEmpty()) {
            all.addProperty("minItems", inputs.size());
            all.addProperty("maxItems", inputs.size());
            JsonArray each = new JsonArray();
            inputs.forEach(input -> each.add(object("contains", input.deepCopy())));
            all.add("allOf", each);
        }
        JsonObject wanted = object("name", text("type", "string"));
        wanted.add("parameters", text("type", "object"));
        JsonObject properties = object("id", text("type", "string"));
        properties.add("parameters", text("type", "object"));
        properties.add("inputs", all);
        properties.add("outputs", list(schema(wanted, "name")));
        return schema(properties, "inputs");
    }

    private static JsonObject answer(JsonArray outputs) {
        JsonObject properties = object("id", text("type", "string"));
        properties.add("model_name", text("type", "string"));
        properties.add("model_version", text("type", "string"));
        properties.add("parameters", text("type", "object"));
        properties.add("outputs", list(outputs.isEmpty() ? anyTensor() : object("oneOf", outputs)));
        return schema(properties, "model_name", "outputs");
    }

    private static JsonObject anyTensor() {
        JsonObject properties = object("name", text("type", "string"));
        properties.add("datatype", text("type", "string"));
        properties.add("shape", list(text("type", "integer")));
        properties.add("data", text("type", "array"));
        properties.add("parameters", text("type", "object"));
        return schema(properties, "name", "shape", "datatype");
    }

    private static JsonObject tensor(ModelTensor tensor) {
        JsonObject properties = object("name", text("const", tensor.name()));
        properties.add("datatype", text("const", tensor.datatype()));
        properties.add("shape", shape(tensor.shape()));
        properties.add("parameters", text("type", "object"));
        if (RAW_ONLY.contains(tensor.datatype())) {
            JsonObject raw = schema(properties, "name", "shape", "datatype", "parameters");
            raw.addProperty("description", tensor.datatype() + " has no form in JSON: send it as raw bytes.");
            return raw;
        }
        properties.add("data", ref("schemas/" + values(type(tensor.datatype()))));
        return schema(properties, "name", "shape", "datatype", "data");
    }

    private static JsonObject shape(List<Long> sizes) {
        JsonArray dimensions = new JsonArray();
        for (long size : sizes) {
            JsonObject dimension = text("type", "integer");
            if (size < 0) {
                dimension.addProperty("minimum", 0);
            } else {
                dimension.addProperty("const", size);
            }
            dimensions.add(dimension);
        }
        JsonObject shape = text("type", "array");
        if (!dimensions.isEmpty()) {
            shape.add("prefixItems", dimensions);
        }
        shape.addProperty("minItems", sizes.size());
        shape.addProperty("maxItems", sizes.size());
        return shape;
    }

    private static String type(String datatype) {
        return switch (datatype) {
            case "BOOL" -> "boolean";
            case "BYTES" -> "string";
            case "FP32", "FP64" -> "number";
            default -> "integer";
        };
    }

    /** The schema of flat or nested values of a type. */
    private static String values(String type) {
        return switch (type) {
            case "boolean" -> "Booleans";
            case "string" -> "Texts";
            case "number" -> "Numbers";
            default -> "Integers";
        };
    }

    private static JsonObject schema(JsonObject properties, String... required) {
        JsonArray names = new JsonArray();
        for (String name : required) {
            names.add(name);
        }
        JsonObject schema = text("type", "object");
        schema.add("required", names);
        schema.add("properties", properties);
        return schema;
    }

    private static JsonObject list(JsonObject items) {
        JsonObject list = text("type", "array");
        list.add("items", items);
        return list;
    }

    private static JsonObject anyOf(JsonObject... schemas) {
        return object("anyOf", array(schemas));
    }

    private static JsonObject ref(String component) {
        return text("$ref", "#/components/" + component);
    }

    private static JsonObject text(String name, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(name, value);
        return object;
    }

    private static JsonObject object(String name, JsonElement value) {
        JsonObject object = new JsonObject();
        object.add(name, value);
        return object;
    }

    private static JsonArray array(JsonObject... elements) {
        JsonArray array = new JsonArray();
        for (JsonObject element : elements) {
            array.add(element);
        }
        return array;
    }
}
