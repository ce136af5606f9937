package io.benchtop.service.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.benchtop.api.profile.ProfileRequest;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The published schema says the same as the record that is read, field by field. */
class ProfileSchemaTest {

    private static final JsonObject SCHEMA =
            JsonParser.parseString(new ProfileSchema().text()).getAsJsonObject();

    @Test
    void theSchemaHasTheFieldsOfTheRecordAndNoOthers() {
        // When
        List<String> differences = new ArrayList<>();
        compare("", SCHEMA, ProfileRequest.class, differences);

        // Then
        assertThat(differences).isEmpty();
    }

    private static void compare(String path, JsonObject schema, Class<?> type, List<String> differences) {
        JsonObject properties = schema.getAsJsonObject("properties");
        List<String> components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        if (!properties.keySet().equals(Set.copyOf(components))) {
            differences.add(path + ": " + properties.keySet() + " is not " + components);
        }
        if (!schema.has("additionalProperties")
                || schema.get("additionalProperties").getAsBoolean()) {
            differences.add(path + ": takes unknown fields, which the service does not");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            JsonObject property = properties.getAsJsonObject(component.getName());
            if (property != null && !property.has("readOnly")) {
                compare(path + "." + component.getName(), property, component.getGenericType(), differences);
            }
        }
    }

    private static void compare(String path, JsonObject schema, Type type, List<String> differences) {
        String expected = switch (type) {
            case Class<?> plain when plain.isRecord() -> "object";
            case Class<?> plain when plain == String.class -> "string";
            case Class<?> plain when plain == Boolean.class -> "boolean";
            case Class<?> plain when plain == Double.class -> "number";
            case Class<?> _ -> "integer";
            case ParameterizedType generic when generic.getRawType() == Map.class -> "object";
            default -> "array";
        };
        if (!types(schema).contains(expected)) {
            differences.add(path + ": " + types(schema) + " does not contain " + expected);
        }
        if (type instanceof Class<?> plain && plain.isRecord()) {
            compare(path, schema, plain, differences);
        } else if (type instanceof ParameterizedType generic
                && expected.equals("array")
                && generic.getActualTypeArguments()[0] instanceof Class<?> element
                && element.isRecord()) {
            compare(path + "[]", schema.getAsJsonObject("items"), element, differences);
        }
    }

    private static List<String> types(JsonObject schema) {
        JsonElement type = schema.get("type");
        if (type == null) {
            return schema.has("enum") ? List.of("string") : List.of();
        }
        return type instanceof JsonArray several
                ? several.asList().stream().map(JsonElement::getAsString).toList()
                : List.of(type.getAsString());
    }
}
