package io.benchtop.modelserver.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.benchtop.modelserver.engine.Model;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.Signature;
import io.benchtop.modelserver.protocol.Tensor;
import io.benchtop.modelserver.protocol.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session of ONNX Runtime, shared by all threads. */
final class OnnxModel implements Model {

    private static final Logger LOG = LoggerFactory.getLogger(OnnxModel.class);

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Signature signature;
    private final Set<String> outputs;

    OnnxModel(OrtEnvironment environment, OrtSession session, Signature signature) {
        this.environment = environment;
        this.session = session;
        this.signature = signature;
        this.outputs =
                signature.outputs().stream().map(TensorSpec::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public String platform() {
        return "onnx_onnxv1";
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs) {
        Map<String, OnnxTensor> values = LinkedHashMap.newLinkedHashMap(inputs.size());
        try {
            for (Tensor input : inputs) {
                values.put(input.name(), OnnxValues.of(environment, input));
            }
            try (OrtSession.Result result = session.run(values, outputs)) {
                return copy(result);
            }
        } catch (OrtException e) {
            throw refusal(e);
        } finally {
            values.values().forEach(OnnxTensor::close);
        }
    }

    /** What the graph does not take is the sender's mistake; all else is not. */
    private static InferenceException refusal(OrtException e) {
        String sentence = "ONNX Runtime refuses the inputs: " + e.getMessage();
        return switch (e.getCode()) {
            case ORT_INVALID_ARGUMENT -> InferenceException.invalid(sentence);
            default -> InferenceException.failed(sentence);
        };
    }

    private List<Tensor> copy(OrtSession.Result result) throws OrtException {
        List<Tensor> copies = new ArrayList<>(outputs.size());
        for (Map.Entry<String, OnnxValue> output : result) {
            if (!(output.getValue() instanceof OnnxTensor tensor)) {
                throw InferenceException.failed("output '" + output.getKey() + "' is no tensor");
            }
            copies.add(OnnxValues.copy(output.getKey(), tensor));
        }
        return copies;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            LOG.warn("a session could not be closed", e);
        }
    }
}
