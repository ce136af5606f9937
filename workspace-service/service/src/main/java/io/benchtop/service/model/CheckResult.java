package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.benchtop.api.model.InferMicros;
import io.benchtop.api.model.ModelCheck;
import io.benchtop.api.model.ModelTensor;
import io.benchtop.service.model.ModelGate.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the model-server's {@code check} writes when it comes to an end. The model may have written it: it is read as if it did. */
public final class CheckResult {

    private static final Logger LOG = LoggerFactory.getLogger(CheckResult.class);
    private static final Gson GSON = new Gson();

    /** More than this is none. */
    public static final int LARGEST = 1 << 20;

    private CheckResult() {}

    public static Verdict read(String json) {
        try {
            Result read = GSON.fromJson(json, Result.class);
            return read == null ? unreadable() : read.verdict();
        } catch (JsonParseException | IllegalArgumentException | NullPointerException e) {
            LOG.warn("the result of the check of a model cannot be read", e);
            return unreadable();
        }
    }

    public static Verdict unreadable() {
        return new Verdict.Failed(
                "CRASHED",
                "The process that loaded the model ended without a result that can be read. Export the model again.");
    }

    private record Result(
            boolean ok,
            @Nullable String code,
            @Nullable String message,
            @Nullable String platform,
            @Nullable List<ModelTensor> inputs,
            @Nullable List<ModelTensor> outputs,
            double loadMillis,
            @Nullable InferMicros inferMicros,
            @Nullable Double maxAbsoluteDifference,
            @Nullable Double maxRelativeDifference,
            @Nullable String onnxRuntime) {

        Verdict verdict() {
            if (ok) {
                return new Verdict.Passed(new ModelCheck(
                        requireNonNull(platform, "platform is null"),
                        requireNonNull(inputs, "inputs is null"),
                        requireNonNull(outputs, "outputs is null"),
                        loadMillis,
                        inferMicros,
                        maxAbsoluteDifference,
                        maxRelativeDifference,
                        onnxRuntime));
            }
            return new Verdict.Failed(requireNonNull(code, "code is null"), requireNonNull(message, "message is null"));
        }
    }
}
