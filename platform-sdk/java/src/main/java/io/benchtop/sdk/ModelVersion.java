package io.benchtop.sdk;

import io.benchtop.api.model.ChangeModelVersionRequest;
import io.benchtop.api.model.ModelCheck;
import io.benchtop.api.model.ModelSignature;
import io.benchtop.api.model.ModelTensor;
import io.benchtop.api.model.ReviewRequest;
import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.model.ModelName;
import io.benchtop.sdk.rest.RestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A version of a model as it was when it was asked for. Its files never change. Threads may share it. */
public final class ModelVersion implements Shown {

    private static final Duration USUAL_PATIENCE = Duration.ofMinutes(10);
    private static final Set<String> UNDER_WAY = Set.of("UPLOADING", "CHECKING");

    private final RestClient rest;
    private final io.benchtop.api.model.ModelVersion told;

    ModelVersion(RestClient rest, io.benchtop.api.model.ModelVersion told) {
        this.rest = rest;
        this.told = told;
    }

    /** The model's name. */
    public String model() {
        return told.model();
    }

    /** Such as {@code 0.0.2}. */
    public String version() {
        return told.version();
    }

    /** Counts from 1, as MLflow knows it. */
    public long number() {
        return told.number();
    }

    /** {@code UPLOADING}, {@code CHECKING}, {@code READY}, {@code REFUSED} or {@code DELETED}. */
    public String state() {
        return told.state();
    }

    /** Why it is in this state and what to do; empty where there is nothing to say. */
    public String stateMessage() {
        return Optional.ofNullable(told.stateMessage()).orElse("");
    }

    /** {@code onnx}, {@code torchscript} or {@code python}. */
    public String format() {
        return told.format();
    }

    /** What it takes and gives; empty before it was checked, if nobody told it. */
    public Optional<ModelSignature> signature() {
        return Optional.ofNullable(told.signature());
    }

    /** Free text. */
    public String description() {
        return told.description();
    }

    /** Such as {@code auc}. */
    public Map<String, Double> metrics() {
        return told.metrics();
    }

    /** The run that made it. */
    public Optional<String> runId() {
        return Optional.ofNullable(told.runId());
    }

    /** What the check before publication found; empty before it. */
    public Optional<ModelCheck> check() {
        return Optional.ofNullable(told.check());
    }

    /** {@code NOT_NEEDED}, {@code PENDING}, {@code APPROVED} or {@code REJECTED}. */
    public String approval() {
        return told.approval();
    }

    /** Those that mean this version. */
    public List<String> aliases() {
        return told.aliases();
    }

    /** Name of the user who published it. */
    public String createdBy() {
        return told.createdBy();
    }

    /** When it was published. */
    public Instant createdAt() {
        return Instant.parse(told.createdAt());
    }

    /** Asks for it anew. */
    public ModelVersion now() {
        return new ModelVersion(rest, rest.get(path(), io.benchtop.api.model.ModelVersion.class));
    }

    /** Waits until it has been checked, for ten minutes at most. */
    public ModelVersion await() {
        return await(USUAL_PATIENCE);
    }

    /**
     * Waits until it has been checked.
     *
     * @return the version as it is then, {@code READY}
     * @throws BenchtopException with the code and sentence of the check where it was refused; {@code still_checking} where the time
     *     was not enough: the check goes on
     */
    public ModelVersion await(Duration longest) {
        var version = this;
        for (long waited = 0; UNDER_WAY.contains(version.state()); waited++) {
            if (waited >= longest.toSeconds()) {
                throw new BenchtopException(
                        "still_checking",
                        model() + " " + version() + " is still being checked. Ask again: Benchtop.model(\"" + model()
                                + "\").version(\"" + version() + "\").await()");
            }
            rest.pauseFor(1);
            version = version.now();
        }
        return version.ready();
    }

    private ModelVersion ready() {
        if (state().equals("READY")) {
            return this;
        }
        throw new BenchtopException(
                Optional.ofNullable(told.stateCode()).orElse(state().toLowerCase(Locale.ROOT)),
                model() + " " + version() + " is not ready but " + state() + ": "
                        + (stateMessage().isEmpty() ? "It gives no reason." : stateMessage()));
    }

    /** Changes the description. */
    public ModelVersion describe(String description) {
        return changed("PATCH", path(), new ChangeModelVersionRequest(description));
    }

    /**
     * Approves it; somebody else than who published it may.
     *
     * @param comment may be empty
     */
    public ModelVersion approve(String comment) {
        return changed("POST", path() + ":approve", new ReviewRequest(comment));
    }

    /** Rejects it, and says why. */
    public ModelVersion reject(String comment) {
        return changed("POST", path() + ":reject", new ReviewRequest(comment));
    }

    private ModelVersion changed(String method, String path, Object body) {
        return new ModelVersion(rest, rest.send(method, path, body, io.benchtop.api.model.ModelVersion.class));
    }

    /**
     * Deletes its files; its number is not given again.
     *
     * @throws BenchtopException what the service says, as where an alias or an endpoint uses it
     */
    public void delete() {
        rest.send("DELETE", path(), null);
    }

    private String path() {
        return ModelName.path(model(), version());
    }

    @Override
    public Map<String, String> shown() {
        var table = Words.table(
                "model",
                model(),
                "version",
                version(),
                "state",
                stateMessage().isEmpty() ? state() : state() + ": " + stateMessage(),
                "format",
                format());
        signature().ifPresent(signature -> {
            table.put("inputs", words(signature.inputs()));
            table.put("outputs", words(signature.outputs()));
        });
        if (!metrics().isEmpty()) {
            table.put("metrics", words(metrics()));
        }
        if (!approval().equals("NOT_NEEDED")) {
            table.put("approval", approval());
        }
        if (!aliases().isEmpty()) {
            table.put("aliases", String.join(", ", aliases()));
        }
        if (!description().isEmpty()) {
            table.put("description", description());
        }
        table.put("created", Words.ofInstant(createdAt()) + " by " + createdBy());
        return table;
    }

    private static String words(List<ModelTensor> tensors) {
        return tensors.stream()
                .map(each -> each.name() + " " + each.datatype() + each.shape())
                .collect(Collectors.joining(", "));
    }

    private static String words(Map<String, Double> metrics) {
        return metrics.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getKey() + ": " + Words.ofNumber(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return Shown.inOneLine(this);
    }
}
