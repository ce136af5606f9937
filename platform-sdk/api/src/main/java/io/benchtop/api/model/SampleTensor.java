package io.benchtop.api.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of one input, or of one output as it is expected.
 *
 * @param data flat or nested, row by row
 */
public record SampleTensor(String name, String datatype, List<Long> shape, List<@Nullable Object> data) {

    public SampleTensor {
        requireNonNull(name, "name is null");
        requireNonNull(datatype, "datatype is null");
        shape = shape == null ? List.of() : List.copyOf(shape);
        data = data == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(data));
    }
}
