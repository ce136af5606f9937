package io.benchtop.sdk.serving;

import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an endpoint has answered.
 *
 * @param outputs by name, in the model's order
 * @param version of the model that has answered
 * @param arm of an experiment, as the endpoint calls it; empty without
 */
public record InferResult(Map<String, Tensor> outputs, String version, Optional<String> arm) {

    public InferResult {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /**
     * One output.
     *
     * @throws BenchtopException {@code no_such_output}, which says what there is
     */
    public Tensor output(String name) {
        return Optional.ofNullable(outputs.get(name))
                .orElseThrow(() -> new BenchtopException(
                        "no_such_output", "The answer has no '" + name + "' but " + outputs.keySet() + "."));
    }

    @Override
    public String toString() {
        return "InferResult(version: " + version + ", " + outputs + ")";
    }
}
