package io.benchtop.modelserver.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request for inference. No requested output means all of them. Parameters are strings, numbers and booleans.
 * Closing it releases its tensors.
 */
public record InferenceRequest(
        @Nullable String id, Map<String, Object> parameters, List<Tensor> inputs, List<RequestedOutput> outputs)
        implements AutoCloseable {

    /** Parameter by which the client bounds how long it waits, in microseconds. */
    private static final String TIMEOUT = "timeout";

    private static final long LONGEST_MICROS = 86_400_000_000L;

    public InferenceRequest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** How long the sender waits, if it said so. */
    public Optional<Duration> timeout() {
        if (!(parameters.get(TIMEOUT) instanceof Number micros) || micros.longValue() <= 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(Math.min(micros.longValue(), LONGEST_MICROS) * 1000));
    }

    /** Whether outputs are wanted as raw bytes where they do not say otherwise. */
    public boolean binaryOutputs() {
        return Boolean.TRUE.equals(parameters.get("binary_data_output"));
    }

    public boolean wantsBinary(String output) {
        for (RequestedOutput requested : outputs) {
            if (requested.name().equals(output) && requested.binary() != null) {
                return requested.binary();
            }
        }
        return binaryOutputs();
    }

    @Override
    public void close() {
        Tensor.closeAll(inputs);
    }
}
