package io.benchtop.service.identity.oidc;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import io.benchtop.service.identity.oidc.ProviderException.Refused;
import java.io.StringReader;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object from outside. A member of another type than asked for is as good as missing. */
record JsonDocument(JsonObject members) {

    JsonDocument {
        requireNonNull(members, "members is null");
    }

    static JsonDocument parse(String text, String what) throws Refused {
        try {
            JsonReader reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            if (JsonParser.parseReader(reader) instanceof JsonObject object) {
                return new JsonDocument(object);
            }
        } catch (JsonParseException e) {
            // Told below: what a stranger wrote does not belong into a message.
        }
        throw new Refused(what + " is no JSON object");
    }

    boolean has(String name) {
        return members.has(name);
    }

    Optional<String> text(String name) {
        return primitive(members.get(name)).filter(JsonPrimitive::isString).map(JsonPrimitive::getAsString);
    }

    /** A whole number of seconds; a number written as text is none (S27). */
    Optional<Long> seconds(String name) {
        return primitive(members.get(name)).filter(JsonPrimitive::isNumber).map(number -> (long) number.getAsDouble());
    }

    boolean isTrue(String name) {
        return primitive(members.get(name))
                .filter(JsonPrimitive::isBoolean)
                .map(JsonPrimitive::getAsBoolean)
                .orElse(false);
    }

    /** One text, or a list of nothing but texts; anything else is empty. */
    Set<String> texts(String name) {
        return texts(members.get(name));
    }

    /** The texts of a member of that name, or found by a path with dots: {@code realm_access.roles}. */
    Set<String> textsAt(String path) {
        if (members.has(path)) {
            return texts(path);
        }
        int dot = path.indexOf('.');
        return dot > 0 && members.get(path.substring(0, dot)) instanceof JsonObject inner
                ? new JsonDocument(inner).textsAt(path.substring(dot + 1))
                : Set.of();
    }

    private static Set<String> texts(@Nullable JsonElement element) {
        Set<String> texts = new LinkedHashSet<>();
        if (element instanceof JsonArray array) {
            for (JsonElement item : array) {
                Optional<JsonPrimitive> text = primitive(item).filter(JsonPrimitive::isString);
                if (text.isEmpty()) {
                    return Set.of();
                }
                texts.add(text.get().getAsString());
            }
        } else {
            primitive(element).filter(JsonPrimitive::isString).ifPresent(text -> texts.add(text.getAsString()));
        }
        return texts;
    }

    private static Optional<JsonPrimitive> primitive(@Nullable JsonElement element) {
        return element instanceof JsonPrimitive primitive ? Optional.of(primitive) : Optional.empty();
    }
}
