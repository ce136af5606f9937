package io.benchtop.service.dataset;

import java.util.UUID;
import java.util.regex.Pattern;

/** What a dataset is known by inside, so that a later one of the same name is another. */
public record DatasetId(String value) {

    private static final Pattern VALID = Pattern.compile("[0-9a-f]{32}");

    public DatasetId {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("no id of a dataset: " + value);
        }
    }

    static DatasetId random() {
        return new DatasetId(UUID.randomUUID().toString().replace("-", ""));
    }

    @Override
    public String toString() {
        return value;
    }
}
