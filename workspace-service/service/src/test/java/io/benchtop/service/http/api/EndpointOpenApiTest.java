package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.benchtop.api.model.ModelSignature;
import io.benchtop.api.model.ModelTensor;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EndpointOpenApiTest {

    private static final String INFER = "/serve/orders/v2/models/orders/infer";
    private static final URI URL = URI.create("https://b.example/");
    private static final ModelSignature SIGNATURE = new ModelSignature(
            List.of(
                    new ModelTensor("a/b \"c\"", "FP32", List.of(-1L, 2L)),
                    new ModelTensor("town", "BYTES", List.of(-1L)),
                    new ModelTensor("half", "FP16", List.of(3L))),
            List.of(new ModelTensor("label", "INT64", List.of(-1L))));
    private static final String EXAMPLE = """
            {"inputs":[{"name":"a/b \\"c\\"","datatype":"FP32","shape":[1,2],"data":[1.5,2]},
            {"name":"town","datatype":"BYTES","shape":[1],"data":["x"]}]}""";

    private static JsonObject described(@Nullable ModelSignature signature, @Nullable String example) {
        return JsonParser.parseString(EndpointOpenApi.of("orders", URL, "1.2.0", signature, example))
                .getAsJsonObject();
    }

    private static JsonElement at(JsonElement from, String... names) {
        JsonElement at = from;
        for (String name : names) {
            at = at.getAsJsonObject().get(name);
            assertThat(at).as(name).isNotNull();
        }
        return at;
    }

    private static List<JsonObject> inputs(JsonObject document) {
        List<JsonObject> inputs = new ArrayList<>();
        at(document, "components", "schemas", "Request", "properties", "inputs", "items", "oneOf")
                .getAsJsonArray()
                .forEach(each -> inputs.add(resolved(document, each.getAsJsonObject())));
        return inputs;
    }

    private static JsonObject resolved(JsonObject document, JsonObject reference) {
        String path = reference.get("$ref").getAsString();
        assertThat(path).startsWith("#/");
        return at(document, path.substring(2).split("/")).getAsJsonObject();
    }

    @Test
    void theDocumentSaysWhereAndByWhomItIsAsked() {
        // When
        JsonObject document = described(SIGNATURE, EXAMPLE);

        // Then
        assertThat(document.get("openapi").getAsString()).isEqualTo("3.1.0");
        assertThat(at(document, "info", "version").getAsString()).isEqualTo("1.2.0");
        assertThat(document.getAsJsonArray("servers").get(0)).isEqualTo(JsonParser.parseString("""
                {"url":"https://b.example"}"""));
        assertThat(at(document, "paths").getAsJsonObject().keySet())
                .containsExactly(INFER, INFER.replace("/infer", "/ready"), INFER.replace("/infer", ""));
        assertThat(at(document, "components", "securitySchemes", "token", "scheme")
                        .getAsString())
                .isEqualTo("bearer");
        assertThat(at(document, "components", "schemas", "Error", "required").toString())
                .isEqualTo("[\"error\"]");
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryOperationHasAnswers() {
        // Given
        JsonObject document = described(SIGNATURE, EXAMPLE);
        List<JsonObject> references = new ArrayList<>();

        // When
        collect(document, references);

        // Then
        assertThat(references).isNotEmpty().allSatisfy(each -> resolved(document, each));
        at(document, "paths")
                .getAsJsonObject()
                .asMap()
                .values()
                .forEach(path -> path.getAsJsonObject()
                        .asMap()
                        .values()
                        .forEach(operation -> assertThat(at(operation, "responses")
                                        .getAsJsonObject()
                                        .keySet())
                                .contains("200", "401", "404", "429")));
    }

    private static void collect(JsonElement from, List<JsonObject> references) {
        switch (from) {
            case JsonObject object -> {
                if (object.has("$ref")) {
                    references.add(object);
                }
                object.asMap().values().forEach(each -> collect(each, references));
            }
            case JsonArray array -> array.forEach(each -> collect(each, references));
            default -> {
                // Leads nowhere.
            }
        }
    }

    @Test
    void inputsAreTheSignatures() {
        // When
        List<JsonObject> inputs = inputs(described(SIGNATURE, null));

        // Then
        assertThat(inputs)
                .extracting(input -> at(input, "properties", "name", "const").getAsString())
                .containsExactly("a/b \"c\"", "town", "half");
        assertThat(at(inputs.getFirst(), "properties", "shape", "prefixItems")).isEqualTo(JsonParser.parseString("""
                [{"type":"integer","minimum":0},{"type":"integer","const":2}]"""));
        assertThat(at(inputs.get(1), "properties", "data", "$ref").getAsString())
                .isEqualTo("#/components/schemas/Texts");
        // What has no form in JSON is sent as bytes.
        assertThat(at(inputs.get(2), "properties").getAsJsonObject().has("data"))
                .isFalse();
    }

    /** As a client would that was made from the document: names, types and shapes of the example against the schema. */
    @Test
    void theExampleIsWhatTheSignatureSays() {
        // Given
        JsonObject document = described(SIGNATURE, EXAMPLE);
        Map<String, JsonObject> schemas = inputs(document).stream()
                .collect(Collectors.toMap(
                        each -> at(each, "properties", "name", "const").getAsString(), each -> each));

        // When
        JsonArray sent = at(document, "paths", INFER, "post", "requestBody", "content", "application/json", "example")
                .getAsJsonObject()
                .getAsJsonArray("inputs");

        // Then
        assertThat(sent).hasSize(2).allSatisfy(input -> {
            JsonObject schema = requireNonNull(schemas.get(at(input, "name").getAsString()));
            at(schema, "required").getAsJsonArray().forEach(name -> at(input, name.getAsString()));
            assertThat(at(input, "datatype")).isEqualTo(at(schema, "properties", "datatype", "const"));
            JsonArray sizes = at(input, "shape").getAsJsonArray();
            JsonArray wanted = at(schema, "properties", "shape", "prefixItems").getAsJsonArray();
            assertThat(sizes).hasSameSizeAs(wanted);
            for (int i = 0; i < sizes.size(); i++) {
                JsonElement size = wanted.get(i).getAsJsonObject().get("const");
                assertThat(size == null || size.equals(sizes.get(i))).isTrue();
            }
        });
    }

    @Test
    void whatNobodyCheckedTakesAnyTensors() {
        // When
        JsonObject document = described(null, null);

        // Then
        assertThat(at(document, "components", "schemas", "Request", "properties", "inputs", "items", "required")
                        .toString())
                .isEqualTo("[\"name\",\"shape\",\"datatype\"]");
        assertThat(at(document, "paths", INFER, "post", "requestBody", "content", "application/json")
                        .getAsJsonObject()
                        .has("example"))
                .isFalse();
    }
}
