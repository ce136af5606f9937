package io.benchtop.service.dataset.jdbc;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import io.benchtop.service.dataset.DatasetSource;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.TablePreview;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept as JSON. */
final class DatasetJson {

    // A whole number stays one; what is no number is written as text before.
    private static final Gson GSON = new GsonBuilder()
            .serializeNulls()
            .disableHtmlEscaping()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .create();

    private DatasetJson() {}

    static String write(Object value) {
        return GSON.toJson(value);
    }

    static List<Column> columns(String json) {
        return GSON.fromJson(json, new TypeToken<List<Column>>() {});
    }

    static List<String> texts(String json) {
        return GSON.fromJson(json, new TypeToken<List<String>>() {});
    }

    static TablePreview preview(String json) {
        return GSON.fromJson(json, TablePreview.class);
    }

    static String write(DatasetSource source) {
        return GSON.toJson(
                switch (source) {
                    case DatasetSource.Managed managed -> new Row(managed.kind(), null, null, null, null, null);
                    case DatasetSource.Files files ->
                        new Row(files.kind(), files.connection(), files.path(), null, null, null);
                    case DatasetSource.Table table ->
                        new Row(table.kind(), table.connection(), null, table.schema(), table.table(), null);
                    case DatasetSource.Query query ->
                        new Row(query.kind(), query.connection(), null, null, null, query.query());
                });
    }

    static DatasetSource source(String json) {
        return GSON.fromJson(json, Row.class).source();
    }

    private record Row(
            String kind,
            @Nullable String connection,
            @Nullable String path,
            @Nullable String schema,
            @Nullable String table,
            @Nullable String query) {

        DatasetSource source() {
            String through = String.valueOf(connection);
            return switch (kind) {
                case "managed" -> new DatasetSource.Managed();
                case "files" -> new DatasetSource.Files(through, String.valueOf(path));
                case "table" -> new DatasetSource.Table(through, schema, String.valueOf(table));
                case "query" -> new DatasetSource.Query(through, String.valueOf(query));
                default -> throw new IllegalStateException("a dataset of an unknown kind: " + kind);
            };
        }
    }
}
