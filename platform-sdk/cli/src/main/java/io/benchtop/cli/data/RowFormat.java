package io.benchtop.cli.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.benchtop.sdk.data.RowIterator;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** How rows are printed. A missing value is an empty cell of CSV (an empty text is {@code ""}) and null of JSON. */
enum RowFormat {
    csv {
        @Override
        void print(ArrowReader reader, PrintStream out) throws IOException {
            out.println(reader.getVectorSchemaRoot().getSchema().getFields().stream()
                    .map(field -> cell(field.getName()))
                    .collect(Collectors.joining(",")));
            try (var rows = RowIterator.stream(reader, fields -> RowFormat::line)) {
                rows.forEach(out::println);
            }
        }
    },
    json {
        @Override
        void print(ArrowReader reader, PrintStream out) throws IOException {
            var names = reader.getVectorSchemaRoot().getSchema().getFields().stream()
                    .map(Field::getName)
                    .toList();
            try (var rows = RowIterator.stream(reader, fields -> values -> values)) {
                rows.forEach(values -> {
                    var row = new LinkedHashMap<String, @Nullable Object>();
                    for (int i = 0; i < values.length; i++) {
                        row.put(names.get(i), plain(values[i]));
                    }
                    out.println(JSON.toJson(row));
                });
            }
        }
    };

    private static final Gson JSON = new GsonBuilder()
            .serializeNulls()
            .serializeSpecialFloatingPointValues()
            .disableHtmlEscaping()
            .create();

    abstract void print(ArrowReader reader, PrintStream out) throws IOException;

    private static String line(@Nullable Object[] values) {
        return Arrays.stream(values).map(RowFormat::cell).collect(Collectors.joining(","));
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        var text = String.valueOf(plain(value));
        return text.isEmpty() || text.chars().anyMatch(each -> ",\"\r\n".indexOf(each) >= 0)
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value == null || value instanceof Long || value instanceof Double || value instanceof Boolean) {
            return value;
        }
        return value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value.toString();
    }
}
