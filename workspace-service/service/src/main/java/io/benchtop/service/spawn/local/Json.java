package io.benchtop.service.spawn.local;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The small JSON files that the service and the shim exchange; either whole or not there. */
final class Json {

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private Json() {}

    /** The file's object, or nothing if there is no file; anything else than an object is an error. */
    static Optional<JsonObject> read(Path file) throws IOException {
        try {
            return Optional.of(JsonParser.parseString(Files.readString(file)).getAsJsonObject());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException(file + " is not a JSON object", e);
        }
    }

    static byte[] write(Object record) {
        return GSON.toJson(record).getBytes(StandardCharsets.UTF_8);
    }

    static String text(JsonObject object, String name) throws IOException {
        String value = textOrNull(object, name);
        if (value == null) {
            throw new IOException("\"" + name + "\" is missing");
        }
        return value;
    }

    static @Nullable String textOrNull(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value == null || !value.isJsonPrimitive() ? null : value.getAsString();
    }

    static long number(JsonObject object, String name) throws IOException {
        JsonElement value = object.get(name);
        try {
            if (value != null && value.isJsonPrimitive()) {
                return value.getAsLong();
            }
        } catch (NumberFormatException e) {
            throw new IOException("\"" + name + "\" is not a number", e);
        }
        throw new IOException("\"" + name + "\" is missing");
    }
}
