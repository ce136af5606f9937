package io.benchtop.service.model;

import io.benchtop.api.model.ModelCheck;
import io.benchtop.api.model.ModelTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Lets every model pass, but those whose place it was told to refuse. */
public final class FakeModelGate implements ModelGate {

    private static final String NOTHING = "\0";

    private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Path> asked = new ConcurrentLinkedQueue<>();
    private volatile String broken = NOTHING;

    public static final ModelCheck CHECK = new ModelCheck(
            "onnx_onnxv1",
            List.of(new ModelTensor("X", "FP32", List.of(-1L, 4L))),
            List.of(new ModelTensor("Y", "FP32", List.of(-1L, 1L))),
            12.5,
            null,
            1e-7,
            1e-7,
            "1.29.0");

    @Override
    public void requireReady() {}

    /** @param part of the folder's path */
    public void answer(String part, Verdict verdict) {
        verdicts.put(part, verdict);
    }

    public List<Path> asked() {
        return List.copyOf(asked);
    }

    /** Every check fails from now on, as if the machine did. */
    public void breakDown() {
        breakDown("");
    }

    /**
     * The same for some.
     *
     * @param part of the folder's path
     */
    public void breakDown(String part) {
        broken = part;
    }

    @Override
    public Verdict check(ModelPlace place, Path folder) {
        asked.add(folder);
        if (folder.toString().contains(broken)) {
            throw new IllegalStateException("no process can be started");
        }
        return verdicts.entrySet().stream()
                .filter(each -> folder.toString().contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> new Verdict.Passed(CHECK));
    }
}
