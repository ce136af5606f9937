package io.benchtop.modelserver;

import io.benchtop.modelserver.engine.DeviceChoice;
import io.benchtop.modelserver.engine.Model;
import io.benchtop.modelserver.engine.ModelLoader;
import io.benchtop.modelserver.onnx.OnnxLoader;
import io.benchtop.modelserver.store.ModelException;
import io.benchtop.modelserver.store.VersionFolder;
import io.benchtop.modelserver.torchscript.TorchScriptLoader;

/** Picks the runtime by the file. PyTorch is large and is only started for a model that needs it. */
record AnyLoader(int intraOpThreads, DeviceChoice device) implements ModelLoader {

    @Override
    public Model load(VersionFolder folder) throws ModelException {
        return switch (folder.format()) {
            case ONNX -> new OnnxLoader(intraOpThreads, device).load(folder);
            case TORCHSCRIPT -> new TorchScriptLoader(intraOpThreads, device).load(folder);
        };
    }
}
