package io.benchtop.modelserver.engine;

import io.benchtop.modelserver.protocol.Signature;
import io.benchtop.modelserver.protocol.Tensor;
import java.util.List;

/** A loaded model of whatever runtime. Many threads run it at once; it is closed once nobody does. */
public interface Model extends AutoCloseable {

    /** As the protocol calls it, such as {@code onnx_onnxv1}. */
    String platform();

    Signature signature();

    /**
     * Runs inputs in the signature's order and returns the outputs in that order, which the caller closes. The inputs stay
     * the caller's. Throws an {@code InferenceException} where the runtime refuses.
     */
    List<Tensor> run(List<Tensor> inputs);

    @Override
    void close();
}
