package io.benchtop.api.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/models/{name}/versions}.
 *
 * @param bump {@code patch}, {@code minor} or {@code major}; patch if neither this nor a version is given
 * @param version such as {@code 1.2.3}, instead of a bump
 * @param format {@code onnx} or {@code torchscript}
 * @param files that will be uploaded; among them {@code model.onnx} or {@code model.pt}
 * @param signature what the model itself tells if missing
 * @param sample what the model is asked before it is published; may be uploaded as {@code sample.json} instead
 * @param description free text
 * @param metrics such as {@code auc}
 * @param runId the run that made it
 * @param datasets what it was made from
 * @param notebook what made it
 * @param image that the notebook ran in
 */
public record PublishRequest(
        @Nullable String bump,
        @Nullable String version,
        @Nullable String format,
        @Nullable List<ModelFile> files,
        @Nullable ModelSignature signature,
        @Nullable ModelSample sample,
        @Nullable String description,
        @Nullable Map<String, Double> metrics,
        @Nullable String runId,
        @Nullable List<ModelDataset> datasets,
        @Nullable ModelNotebook notebook,
        @Nullable String image) {}
