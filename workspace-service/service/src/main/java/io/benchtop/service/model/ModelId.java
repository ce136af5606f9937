package io.benchtop.service.model;

import java.util.UUID;
import java.util.regex.Pattern;

/** What a model is known by inside, so that a later one of the same name is another. */
public record ModelId(String value) {

    private static final Pattern VALID = Pattern.compile("[0-9a-f]{32}");

    public ModelId {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("no id of a model: " + value);
        }
    }

    static ModelId random() {
        return new ModelId(UUID.randomUUID().toString().replace("-", ""));
    }

    @Override
    public String toString() {
        return value;
    }
}
