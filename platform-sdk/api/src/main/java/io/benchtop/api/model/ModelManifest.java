package io.benchtop.api.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code manifest.json} of a version: what belongs to it and where it comes from.
 *
 * @param model its name
 * @param version such as {@code 1.2.3}
 * @param number as MLflow knows it
 * @param format {@code onnx}, {@code torchscript} or {@code python}
 * @param files all but the manifest itself
 * @param createdAt ISO-8601 instant
 * @param createdBy user name
 * @param runId the run that made it
 * @param datasets what it was made from
 * @param notebook what made it
 * @param image that the notebook ran in
 * @param source where an MLflow client registered it from
 */
public record ModelManifest(
        String model,
        String version,
        long number,
        String format,
        List<ModelFile> files,
        String createdAt,
        String createdBy,
        @Nullable String runId,
        List<ModelDataset> datasets,
        @Nullable ModelNotebook notebook,
        @Nullable String image,
        @Nullable String source) {

    public ModelManifest {
        requireNonNull(model, "model is null");
        requireNonNull(version, "version is null");
        requireNonNull(format, "format is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(createdBy, "createdBy is null");
        files = files == null ? List.of() : List.copyOf(files);
        datasets = datasets == null ? List.of() : List.copyOf(datasets);
    }
}
