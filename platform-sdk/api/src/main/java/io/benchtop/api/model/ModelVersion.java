package io.benchtop.api.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a model. Its files never change.
 *
 * @param model its name
 * @param version such as {@code 1.2.3}
 * @param number counts from 1, as MLflow knows it
 * @param state {@code UPLOADING}, {@code CHECKING}, {@code READY}, {@code REFUSED} or {@code DELETED}
 * @param stateCode why it was refused, for programs
 * @param stateMessage why it is in this state and what to do
 * @param format {@code onnx}, {@code torchscript} or {@code python}
 * @param servable whether an endpoint can serve it
 * @param files what it consists of
 * @param signature null if nobody told it
 * @param description free text
 * @param metrics such as {@code auc}
 * @param runId the run that made it
 * @param datasets what it was made from
 * @param notebook what made it
 * @param image that the notebook ran in
 * @param createdBy user name
 * @param createdAt ISO-8601 instant
 * @param check null before it was checked
 * @param approval {@code NOT_NEEDED}, {@code PENDING}, {@code APPROVED} or {@code REJECTED}
 * @param approvedBy who approved or rejected it
 * @param approvalComment what that person said
 * @param aliases that point to it
 */
public record ModelVersion(
        String model,
        String version,
        long number,
        String state,
        @Nullable String stateCode,
        @Nullable String stateMessage,
        String format,
        boolean servable,
        List<ModelFile> files,
        @Nullable ModelSignature signature,
        String description,
        Map<String, Double> metrics,
        @Nullable String runId,
        List<ModelDataset> datasets,
        @Nullable ModelNotebook notebook,
        @Nullable String image,
        String createdBy,
        String createdAt,
        @Nullable ModelCheck check,
        String approval,
        @Nullable String approvedBy,
        @Nullable String approvalComment,
        List<String> aliases) {

    public ModelVersion {
        requireNonNull(model, "model is null");
        requireNonNull(version, "version is null");
        requireNonNull(state, "state is null");
        requireNonNull(format, "format is null");
        requireNonNull(createdBy, "createdBy is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(approval, "approval is null");
        description = description == null ? "" : description;
        metrics = metrics == null ? Map.of() : Map.copyOf(metrics);
        files = files == null ? List.of() : List.copyOf(files);
        datasets = datasets == null ? List.of() : List.copyOf(datasets);
        aliases = aliases == null ? List.of() : List.copyOf(aliases);
    }
}
