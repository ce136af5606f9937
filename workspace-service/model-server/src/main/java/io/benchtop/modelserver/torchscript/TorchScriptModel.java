package io.benchtop.modelserver.torchscript;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.benchtop.modelserver.engine.Model;
import io.benchtop.modelserver.protocol.DataType;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.Shape;
import io.benchtop.modelserver.protocol.Signature;
import io.benchtop.modelserver.protocol.Tensor;
import io.benchtop.modelserver.protocol.TensorSpec;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** One TorchScript module, shared by all threads; each run has a scope of native memory of its own. */
final class TorchScriptModel implements Model {

    private final ai.djl.Model model;
    private final Signature signature;

    TorchScriptModel(ai.djl.Model model, Signature signature) {
        this.model = model;
        this.signature = signature;
    }

    @Override
    public String platform() {
        return "pytorch_torchscript";
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs) {
        try (NDManager scope = model.getNDManager().newSubManager()) {
            NDList arrays = new NDList(inputs.size());
            for (Tensor input : inputs) {
                arrays.add(array(scope, input));
            }
            NDList outputs = model.getBlock().forward(new ParameterStore(scope, false), arrays, false);
            return copy(outputs);
        } catch (EngineException | IllegalStateException e) {
            throw InferenceException.failed("PyTorch refuses the inputs: " + firstLine(e));
        }
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static NDArray array(NDManager scope, Tensor input) {
        ByteBuffer copy = ByteBuffer.allocateDirect(input.bytes()).order(ByteOrder.nativeOrder());
        input.data().getBytes(input.data().readerIndex(), copy);
        return scope.create(
                copy.flip(),
                new ai.djl.ndarray.types.Shape(input.shape().dimensions()),
                TorchTypes.of(input.datatype()));
    }

    private List<Tensor> copy(NDList outputs) {
        if (outputs.size() < signature.outputs().size()) {
            throw InferenceException.failed("the model has " + outputs.size() + " outputs, but signature.json has "
                    + signature.outputs().size());
        }
        List<Tensor> copies = new ArrayList<>(signature.outputs().size());
        for (int i = 0; i < signature.outputs().size(); i++) {
            TensorSpec spec = signature.outputs().get(i);
            NDArray output = outputs.get(i);
            requireType(spec, output);
            copies.add(new Tensor(
                    spec.name(),
                    spec.datatype(),
                    new Shape(output.getShape().getShape()),
                    Unpooled.wrappedBuffer(output.toByteArray())));
        }
        return copies;
    }

    private static void requireType(TensorSpec spec, NDArray output) {
        DataType datatype = spec.datatype();
        if (output.getDataType() != TorchTypes.of(datatype)) {
            throw InferenceException.failed("output '" + spec.name() + "' is " + output.getDataType()
                    + ", but signature.json says " + datatype);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
