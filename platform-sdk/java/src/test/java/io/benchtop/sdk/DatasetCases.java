package io.benchtop.sdk;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.benchtop.sdk.data.RowIterator;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;

/** The verbs of recorded cases about datasets; each answers as the case's value is written. */
final class DatasetCases {

    private DatasetCases() {}

    static JsonObject list(BenchtopClient client, JsonObject arguments) {
        var names = client.datasets(arguments.get("search").getAsString()).stream()
                .map(Dataset::name)
                .toList();
        return json(Map.of("names", names));
    }

    static JsonObject rows(BenchtopClient client, JsonObject arguments) throws IOException {
        var dataset = client.dataset(arguments.get("dataset").getAsString());
        if (arguments.has("columns")) {
            dataset = dataset.columns(arguments.getAsJsonArray("columns").asList().stream()
                    .map(JsonElement::getAsString)
                    .toArray(String[]::new));
        }
        if (arguments.has("where")) {
            dataset = dataset.where(arguments.get("where").getAsString());
        }
        try (var reader = dataset.arrow()) {
            var names = reader.getVectorSchemaRoot().getSchema().getFields().stream()
                    .map(Field::getName)
                    .toList();
            var rows = RowIterator.stream(reader, fields -> values -> {
                var row = new LinkedHashMap<String, Object>();
                names.forEach(name -> row.put(name, values[names.indexOf(name)]));
                return row;
            });
            return json(Map.of("rows", rows.toList()));
        }
    }

    static JsonObject file(BenchtopClient client, JsonObject arguments) throws IOException {
        var dataset = client.dataset(arguments.get("dataset").getAsString());
        try (var file = dataset.open(arguments.get("path").getAsString())) {
            return json(Map.of("base64", Base64.getEncoder().encodeToString(file.readAllBytes())));
        }
    }

    static JsonObject write(BenchtopClient client, JsonObject arguments) {
        try (var writer = client.writeDataset(
                arguments.get("dataset").getAsString(), arguments.get("note").getAsString())) {
            writer.file(
                    arguments.get("path").getAsString(),
                    Base64.getDecoder().decode(arguments.get("base64").getAsString()));
            if (arguments.has("fails")) {
                return json(Map.of("failed", true));
            }
            return json(Map.of("number", writer.done().number()));
        }
    }

    private static JsonObject json(Map<String, ?> value) {
        return new GsonBuilder().serializeNulls().create().toJsonTree(value).getAsJsonObject();
    }
}
