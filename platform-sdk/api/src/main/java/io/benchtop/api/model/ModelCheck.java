package io.benchtop.api.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the check before publication found.
 *
 * @param platform such as {@code onnx_onnxv1}
 * @param inputs as the model itself tells them
 * @param outputs as the model itself tells them
 * @param loadMillis how long loading took
 * @param inferMicros null if no sample was asked
 * @param maxAbsoluteDifference between the sample's outputs and the expected ones
 * @param maxRelativeDifference between the sample's outputs and the expected ones
 * @param onnxRuntime its version
 */
public record ModelCheck(
        String platform,
        List<ModelTensor> inputs,
        List<ModelTensor> outputs,
        double loadMillis,
        @Nullable InferMicros inferMicros,
        @Nullable Double maxAbsoluteDifference,
        @Nullable Double maxRelativeDifference,
        @Nullable String onnxRuntime) {

    public ModelCheck {
        requireNonNull(platform, "platform is null");
        inputs = inputs == null ? List.of() : List.copyOf(inputs);
        outputs = outputs == null ? List.of() : List.copyOf(outputs);
    }
}
