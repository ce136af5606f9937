package io.benchtop.api.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One input or output of a model, in the words of the Open Inference Protocol.
 *
 * @param datatype such as {@code FP32}
 * @param shape -1 is any size
 */
public record ModelTensor(String name, String datatype, List<Long> shape) {

    public ModelTensor {
        requireNonNull(name, "name is null");
        requireNonNull(datatype, "datatype is null");
        shape = shape == null ? List.of() : List.copyOf(shape);
    }
}
