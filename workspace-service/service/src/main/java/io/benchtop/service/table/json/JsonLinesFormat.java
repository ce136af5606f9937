package io.benchtop.service.table.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.ArrayRows;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.ColumnType;
import io.benchtop.service.table.ReadableFile;
import io.benchtop.service.table.Rows;
import io.benchtop.service.table.TableFormat;
import io.benchtop.service.table.TextValues;
import io.benchtop.service.table.UnreadableFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line, in UTF-8. The columns are the names that any of them has, in the order in which they first come. What is
 * in an object or an array of a row stays JSON, as text.
 *
 * @see <a href="https://jsonlines.org">JSON Lines</a>
 */
public final class JsonLinesFormat implements TableFormat {

    private static final int MOST_COLUMNS = 10_000;
    private static final int LONGEST_LINE = 16 << 20;

    @Override
    public List<Column> columns(ReadableFile file) throws IOException {
        Map<String, @Nullable ColumnType> types = new LinkedHashMap<>();
        try (Lines lines = new Lines(file)) {
            for (JsonObject row = lines.next(); row != null; row = lines.next()) {
                for (Map.Entry<String, JsonElement> each : row.entrySet()) {
                    types.put(each.getKey(), ColumnType.widest(types.get(each.getKey()), type(each.getValue())));
                }
                if (types.size() > MOST_COLUMNS) {
                    throw lines.unreadable("has more than " + MOST_COLUMNS + " names");
                }
            }
        }
        List<Column> columns = new ArrayList<>();
        types.forEach((name, type) -> columns.add(new Column(name, type == null ? ColumnType.TEXT : type)));
        return List.copyOf(columns);
    }

    private static @Nullable ColumnType type(JsonElement value) {
        if (value.isJsonNull()) {
            return null;
        }
        if (!(value instanceof JsonPrimitive primitive)) {
            return ColumnType.TEXT;
        }
        if (primitive.isBoolean()) {
            return ColumnType.BOOLEAN;
        }
        ColumnType type = TextValues.type(primitive.getAsString());
        if (primitive.isNumber()) {
            return type == ColumnType.INT64 ? type : ColumnType.FLOAT64;
        }
        // A text of digits is a text, but JSON has no other way to write a time.
        boolean time = type == ColumnType.DATE || type == ColumnType.TIMESTAMP || type == ColumnType.INSTANT;
        return time ? type : ColumnType.TEXT;
    }

    @Override
    public Rows open(ReadableFile file, List<Column> columns) throws IOException {
        return new JsonRows(new Lines(file), columns);
    }

    private static final class Lines implements AutoCloseable {

        private final String name;
        private final BufferedReader reader;
        private long number;

        Lines(ReadableFile file) throws IOException {
            name = file.name();
            reader = new BufferedReader(new InputStreamReader(file.read(), StandardCharsets.UTF_8.newDecoder()));
        }

        @Nullable
        JsonObject next() throws IOException {
            for (String line = line(); line != null; line = line()) {
                if (!line.isBlank()) {
                    return object(line);
                }
            }
            return null;
        }

        /** As {@link BufferedReader#readLine}, but never more than fits. */
        private @Nullable String line() throws IOException {
            number++;
            StringBuilder line = new StringBuilder();
            try {
                int each = reader.read();
                if (each < 0) {
                    return null;
                }
                for (; each >= 0 && each != '\n'; each = reader.read()) {
                    line.append((char) each);
                    if (line.length() > LONGEST_LINE) {
                        throw unreadable("has a line " + number + " of more than 16 million characters");
                    }
                }
            } catch (CharacterCodingException _) {
                throw unreadable("is not in UTF-8. Save it in UTF-8");
            }
            return line.toString();
        }

        private JsonObject object(String line) {
            try {
                if (JsonParser.parseString(line) instanceof JsonObject row) {
                    return row;
                }
            } catch (JsonParseException | StackOverflowError _) {
                throw unreadable("has no JSON in line " + number);
            }
            throw unreadable("has no JSON object in line " + number);
        }

        ProblemException unreadable(String why) {
            return UnreadableFile.of(name, why);
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    private static final class JsonRows extends ArrayRows {

        private final Lines lines;

        JsonRows(Lines lines, List<Column> columns) {
            super(columns);
            this.lines = lines;
        }

        @Override
        public boolean next() throws IOException {
            JsonObject object = lines.next();
            if (object == null) {
                return false;
            }
            for (int at = 0; at < row.length; at++) {
                row[at] = value(object.get(columns().get(at).name()), columns().get(at));
            }
            return true;
        }

        private @Nullable Object value(@Nullable JsonElement value, Column column) {
            if (value == null || value.isJsonNull()) {
                return null;
            }
            String text = value instanceof JsonPrimitive primitive ? primitive.getAsString() : value.toString();
            return column.type() == ColumnType.TEXT
                    ? text
                    : UnreadableFile.parsed(text, column, lines.name, lines.number);
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
