package io.benchtop.modelserver.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.benchtop.modelserver.engine.DeviceChoice;
import io.benchtop.modelserver.engine.Model;
import io.benchtop.modelserver.engine.ModelLoader;
import io.benchtop.modelserver.protocol.DataType;
import io.benchtop.modelserver.protocol.Shape;
import io.benchtop.modelserver.protocol.Signature;
import io.benchtop.modelserver.protocol.TensorSpec;
import io.benchtop.modelserver.store.ModelException;
import io.benchtop.modelserver.store.ModelException.Code;
import io.benchtop.modelserver.store.VersionFolder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens ONNX files. A session has its own few threads that sleep, not spin, between runs; the workers that call it are
 * what runs in parallel. Outputs that are no tensors, such as scikit-learn's list of maps, are left out.
 */
public final class OnnxLoader implements ModelLoader {

    private static final Logger LOG = LoggerFactory.getLogger(OnnxLoader.class);

    private final int intraOpThreads;
    private final DeviceChoice device;
    private final OrtEnvironment environment;

    public OnnxLoader(int intraOpThreads, DeviceChoice device) {
        this.intraOpThreads = intraOpThreads;
        this.device = device;
        this.environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "benchtop");
    }

    public static String runtimeVersion() {
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "benchtop")
                .getVersion();
    }

    @Override
    public Model load(VersionFolder folder) throws ModelException {
        boolean cuda = runsOnCuda();
        try {
            OrtSession session = cuda ? onCuda(folder) : session(folder, false, false);
            try {
                return new OnnxModel(environment, session, signature(session));
            } catch (ModelException | OrtException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (OrtException e) {
            throw new ModelException(
                    Code.LOAD_FAILED,
                    "ONNX Runtime " + environment.getVersion() + " cannot load " + folder.format()
                            + " version " + folder.version() + ": " + e.getMessage()
                            + " (it reads IR up to 13 and opset up to 26; export the model anew for these)",
                    e);
        }
    }

    private boolean runsOnCuda() throws ModelException {
        if (device == DeviceChoice.CPU) {
            return false;
        }
        Optional<String> obstacle = CudaProbe.obstacle(environment);
        if (obstacle.isEmpty()) {
            return true;
        }
        if (device == DeviceChoice.CUDA) {
            throw new ModelException(
                    Code.LOAD_FAILED,
                    "this server is to run models on CUDA, but cannot (" + obstacle.get()
                            + "): it needs the image for GPUs, a GPU and its driver");
        }
        LOG.info("there is no CUDA here, ONNX models run on the CPU reason={}", obstacle.get());
        return false;
    }

    /** The runtime puts operators that it has no CUDA for, such as trees, on the CPU; whoever paid for a GPU is to know. */
    private OrtSession onCuda(VersionFolder folder) throws OrtException {
        try {
            OrtSession whole = session(folder, true, true);
            LOG.info("all of the model runs on CUDA version={}", folder.version());
            return whole;
        } catch (OrtException e) {
            OrtSession parts = session(folder, true, false);
            LOG.warn(
                    "not all of the model runs on CUDA, the rest does on the CPU version={} reason={}",
                    folder.version(),
                    e.getMessage());
            return parts;
        }
    }

    private OrtSession session(VersionFolder folder, boolean cuda, boolean whole) throws OrtException {
        try (OrtSession.SessionOptions options = options(cuda)) {
            if (whole) {
                options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
            }
            return environment.createSession(folder.model().toString(), options);
        }
    }

    private OrtSession.SessionOptions options(boolean cuda) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(intraOpThreads);
        options.setInterOpNumThreads(1);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.addConfigEntry("session.inter_op.allow_spinning", "0");
        if (cuda) {
            CudaProbe.add(options);
        }
        return options;
    }

    private static Signature signature(OrtSession session) throws OrtException, ModelException {
        List<TensorSpec> inputs = new ArrayList<>();
        for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
            TensorSpec spec = spec(input.getKey(), input.getValue())
                    .filter(known -> OnnxTypes.writable(known.datatype()).isPresent())
                    .orElseThrow(() -> new ModelException(
                            Code.LOAD_FAILED,
                            "input '" + input.getKey() + "' is "
                                    + input.getValue().getInfo()
                                    + ", which no request can carry: cast it inside the model"));
            inputs.add(spec);
        }
        List<TensorSpec> outputs = new ArrayList<>();
        for (Map.Entry<String, NodeInfo> output : session.getOutputInfo().entrySet()) {
            spec(output.getKey(), output.getValue()).ifPresent(outputs::add);
        }
        if (outputs.isEmpty()) {
            throw new ModelException(
                    Code.LOAD_FAILED, "no output of the model is a tensor: export it so (zipmap=False)");
        }
        return new Signature(inputs, outputs);
    }

    private static Optional<TensorSpec> spec(String name, NodeInfo node) {
        if (!(node.getInfo() instanceof TensorInfo tensor)) {
            return Optional.empty();
        }
        Optional<DataType> datatype = OnnxTypes.of(tensor.onnxType);
        long[] shape = Arrays.stream(tensor.getShape())
                .map(size -> size < 0 ? -1 : size)
                .toArray();
        return datatype.map(type -> new TensorSpec(name, type, new Shape(shape)));
    }
}
