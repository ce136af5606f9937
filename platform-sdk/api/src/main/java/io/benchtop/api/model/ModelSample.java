package io.benchtop.api.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request and the answer that is expected of the model; it is asked before anybody else may.
 *
 * @param tolerance 1e-4 both if missing
 */
public record ModelSample(
        List<SampleTensor> inputs,
        List<SampleTensor> outputs,
        @Nullable Tolerance tolerance) {

    public ModelSample {
        inputs = inputs == null ? List.of() : List.copyOf(inputs);
        outputs = outputs == null ? List.of() : List.copyOf(outputs);
    }
}
