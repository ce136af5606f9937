package io.benchtop.modelserver.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model version answered. Closing it releases its tensors. */
public record InferenceAnswer(
        String model, String version, @Nullable String id, List<Tensor> outputs) implements AutoCloseable {

    public InferenceAnswer {
        outputs = List.copyOf(outputs);
    }

    @Override
    public void close() {
        Tensor.closeAll(outputs);
    }
}
