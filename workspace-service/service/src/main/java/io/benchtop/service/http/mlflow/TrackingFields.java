package io.benchtop.service.http.mlflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends, as JSON or in the address. Fields that are not known are left alone, since clients are newer than we
 * are; numbers may come as texts, as protocol buffers write large ones and those that JSON has no sign for.
 */
final class TrackingFields {

    private final JsonObject fields;

    private TrackingFields(JsonObject fields) {
        this.fields = fields;
    }

    static TrackingFields of(@Nullable String body) {
        if (body == null || body.isBlank()) {
            return new TrackingFields(new JsonObject());
        }
        try {
            // Lenient: Python writes NaN and Infinity as they are.
            if (JsonParser.parseString(body) instanceof JsonObject object) {
                return new TrackingFields(object);
            }
        } catch (JsonParseException | StackOverflowError _) {
            // Said below.
        }
        throw ProblemException.of(ErrorCode.BAD_REQUEST, "The body must be a JSON object; it cannot be read as one.");
    }

    static TrackingFields of(HttpRequest<?> request) {
        JsonObject fields = new JsonObject();
        request.getParameters().forEach((name, values) -> {
            if (!values.isEmpty()) {
                fields.addProperty(name, values.getFirst());
            }
        });
        return new TrackingFields(fields);
    }

    String text(String name) {
        String found = optional(name);
        if (found == null || found.isEmpty()) {
            throw ProblemException.invalidField(name, "is missing");
        }
        return found;
    }

    /** May be empty, but not missing. */
    String value(String name) {
        String found = optional(name);
        if (found == null) {
            throw ProblemException.invalidField(name, "is missing");
        }
        return found;
    }

    @Nullable
    String optional(String name) {
        JsonElement found = fields.get(name);
        if (found == null || found.isJsonNull()) {
            return null;
        }
        if (!found.isJsonPrimitive()) {
            throw ProblemException.invalidField(name, "must be a text");
        }
        return clean(name, found.getAsString());
    }

    /** Half a character is none in any database, and PostgreSQL keeps no NUL. */
    private static String clean(String name, String text) {
        if (text.indexOf('\0') >= 0) {
            throw ProblemException.invalidField(name, "must not hold the character NUL");
        }
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    String optional(String name, String otherwise) {
        String found = optional(name);
        return found == null ? otherwise : found;
    }

    /** Null if it is missing or empty, between which some clients make no difference. */
    @Nullable
    String filled(String name) {
        String found = optional(name);
        return found == null || found.isEmpty() ? null : found;
    }

    /** The first of two names by which clients call the same thing. */
    String either(String name, String older) {
        String found = optional(name);
        return found == null || found.isEmpty() ? text(older) : found;
    }

    @Nullable
    Long optionalNumber(String name) {
        String found = optional(name);
        if (found == null) {
            return null;
        }
        try {
            return Long.valueOf(found);
        } catch (NumberFormatException _) {
            throw ProblemException.invalidField(name, "must be a whole number");
        }
    }

    long number(String name, long otherwise) {
        Long found = optionalNumber(name);
        return found == null ? otherwise : found;
    }

    int number(String name, int otherwise, int least, int most) {
        long found = number(name, otherwise);
        if (found < least || found > most) {
            throw ProblemException.invalidField(name, "must be between " + least + " and " + most);
        }
        return (int) found;
    }

    /** May be infinite or not a number. */
    double decimal(String name) {
        String found = text(name);
        try {
            return Double.parseDouble(found.equals("Inf") || found.equals("-Inf") ? found + "inity" : found);
        } catch (NumberFormatException _) {
            throw ProblemException.invalidField(name, "must be a number");
        }
    }

    /** Whether it is there and false. */
    boolean isFalse(String name) {
        String found = optional(name, "true");
        if (!found.equals("true") && !found.equals("false")) {
            throw ProblemException.invalidField(name, "must be true or false");
        }
        return found.equals("false");
    }

    /** Objects of a list; none if it is missing. */
    List<TrackingFields> list(String name) {
        List<TrackingFields> found = new ArrayList<>();
        for (JsonElement element : array(name)) {
            if (!(element instanceof JsonObject object)) {
                throw ProblemException.invalidField(name, "must be a list of objects");
            }
            found.add(new TrackingFields(object));
        }
        return found;
    }

    List<String> texts(String name) {
        List<String> found = new ArrayList<>();
        for (JsonElement element : array(name)) {
            if (!element.isJsonPrimitive()) {
                throw ProblemException.invalidField(name, "must be a list of texts");
            }
            found.add(clean(name, element.getAsString()));
        }
        return found;
    }

    private JsonArray array(String name) {
        JsonElement found = fields.get(name);
        if (found == null || found.isJsonNull()) {
            return new JsonArray();
        }
        if (found instanceof JsonArray array) {
            return array;
        }
        throw ProblemException.invalidField(name, "must be a list");
    }

    TrackingFields object(String name) {
        if (fields.get(name) instanceof JsonObject object) {
            return new TrackingFields(object);
        }
        throw ProblemException.invalidField(name, "must be an object");
    }

    /** Keys and values of a list; the last of the same key counts. */
    Map<String, String> pairs(String name) {
        Map<String, String> found = new LinkedHashMap<>();
        list(name).forEach(pair -> found.put(pair.text("key"), pair.optional("value", "")));
        return found;
    }
}
