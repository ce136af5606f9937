package io.benchtop.modelserver.torchscript;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import io.benchtop.modelserver.engine.DeviceChoice;
import io.benchtop.modelserver.engine.Model;
import io.benchtop.modelserver.engine.ModelLoader;
import io.benchtop.modelserver.protocol.DataType;
import io.benchtop.modelserver.protocol.Signature;
import io.benchtop.modelserver.protocol.TensorSpec;
import io.benchtop.modelserver.store.ModelException;
import io.benchtop.modelserver.store.ModelException.Code;
import io.benchtop.modelserver.store.VersionFolder;
import java.io.IOException;
import java.util.stream.Stream;

/**
 * Opens TorchScript files. The file does not say what it takes, so {@code signature.json} must. PyTorch's own libraries
 * come out of its jar into DJL_CACHE_DIR, or a folder of the system's temporary one, and never from the network.
 */
public final class TorchScriptLoader implements ModelLoader {

    private final int intraOpThreads;
    private final DeviceChoice device;

    public TorchScriptLoader(int intraOpThreads, DeviceChoice device) {
        this.intraOpThreads = intraOpThreads;
        this.device = device;
    }

    @Override
    public Model load(VersionFolder folder) throws ModelException {
        Signature signature = folder.signature()
                .orElseThrow(() -> new ModelException(
                        Code.SIGNATURE_DIFFERS,
                        "a TorchScript model needs signature.json, because model.pt does not say what it takes"));
        requireKnown(signature);
        setDefaults();
        try {
            ai.djl.Model model = ai.djl.Model.newInstance("model", device(), "PyTorch");
            try {
                model.load(folder.path(), "model");
                return new TorchScriptModel(model, signature);
            } catch (IOException | MalformedModelException | RuntimeException e) {
                model.close();
                throw e;
            }
        } catch (IOException | MalformedModelException | EngineException | IllegalStateException e) {
            throw new ModelException(
                    Code.LOAD_FAILED, "PyTorch cannot load version " + folder.version() + ": " + e.getMessage(), e);
        }
    }

    private Device device() throws ModelException {
        if (device == DeviceChoice.CPU) {
            return Device.cpu();
        }
        Device found = Engine.getEngine("PyTorch").defaultDevice();
        if (device == DeviceChoice.CUDA && !found.isGpu()) {
            throw new ModelException(
                    Code.LOAD_FAILED,
                    "this server is to run models on CUDA, which its PyTorch cannot: publish the model as ONNX, or let it run"
                            + " on the CPU");
        }
        return found;
    }

    private static void requireKnown(Signature signature) throws ModelException {
        for (TensorSpec spec : Stream.concat(signature.inputs().stream(), signature.outputs().stream())
                .toList()) {
            if (spec.datatype() == DataType.BYTES || !TorchTypes.isKnown(spec.datatype())) {
                throw new ModelException(
                        Code.SIGNATURE_DIFFERS, "signature.json has " + spec + ", which PyTorch has no tensor for");
            }
        }
    }

    /** Read by DJL when its engine starts. */
    private void setDefaults() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(intraOpThreads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        if (System.getenv("DJL_CACHE_DIR") == null && System.getProperty("DJL_CACHE_DIR") == null) {
            System.setProperty("DJL_CACHE_DIR", System.getProperty("java.io.tmpdir") + "/benchtop-djl");
        }
    }
}
