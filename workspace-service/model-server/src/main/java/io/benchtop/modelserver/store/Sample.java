package io.benchtop.modelserver.store;

import io.benchtop.modelserver.protocol.InferenceRequest;
import io.benchtop.modelserver.protocol.Tensor;
import java.util.List;

/** A request whose answer is known, and how far from it an answer may be. */
public record Sample(InferenceRequest request, List<Tensor> expected, Tolerance tolerance) implements AutoCloseable {

    /** An answer is right within {@code absolute + relative * |expected|}. */
    public record Tolerance(double absolute, double relative) {

        public static final Tolerance DEFAULT = new Tolerance(1e-4, 1e-4);

        public Tolerance {
            if (!(absolute >= 0 && relative >= 0)) {
                throw new IllegalArgumentException("a tolerance must not be negative");
            }
        }
    }

    @Override
    public void close() {
        request.close();
        Tensor.closeAll(expected);
    }
}
