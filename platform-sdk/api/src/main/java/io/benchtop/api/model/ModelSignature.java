package io.benchtop.api.model;

import java.util.List;

/**
 * What a model takes and gives.
 */
public record ModelSignature(List<ModelTensor> inputs, List<ModelTensor> outputs) {

    public ModelSignature {
        inputs = inputs == null ? List.of() : List.copyOf(inputs);
        outputs = outputs == null ? List.of() : List.copyOf(outputs);
    }
}
