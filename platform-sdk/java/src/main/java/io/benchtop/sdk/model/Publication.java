package io.benchtop.sdk.model;

import io.benchtop.api.model.ModelDataset;
import io.benchtop.api.model.ModelNotebook;
import io.benchtop.api.model.ModelSample;
import io.benchtop.api.model.PublishRequest;
import io.benchtop.api.model.SampleTensor;
import io.benchtop.api.model.Tolerance;
import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.tensor.Tensor;
import io.benchtop.sdk.tensor.TensorJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to be published, told step by step; {@code Benchtop.publish} does it. One thread at a time.
 *
 * <pre>{@code
 * Benchtop.publish(ModelFile.onnx(Path.of("risk.onnx"))
 *         .name("orders-risk")
 *         .bump(Bump.MINOR)
 *         .sample(Map.of("X", rows), Map.of("prediction", answers)));
 * }</pre>
 *
 * <p>A sample is not optional: Benchtop asks the model before anybody else may, and compares. It is kept with the version, so give no
 * rows that others may not see.
 */
public final class Publication {

    private static final Pattern VERSION = Pattern.compile("(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)");

    private final ModelFile file;
    private final String name;
    private @Nullable Bump bump;
    private @Nullable String version;
    private @Nullable Map<String, Tensor> inputs;
    private @Nullable Map<String, Tensor> outputs;
    private @Nullable Tolerance tolerance;
    private String description = "";
    private Map<String, Double> metrics = Map.of();
    private @Nullable String runId;

    Publication(ModelFile file, String name) {
        ModelName.path(name);
        this.file = file;
        this.name = name;
    }

    /** The next version grows so; by {@link Bump#PATCH} where nothing is said. */
    public Publication bump(Bump step) {
        this.bump = step;
        return this;
    }

    /**
     * The version itself, such as {@code 1.2.0}, instead of a step.
     *
     * @throws BenchtopException {@code bad_version}
     */
    public Publication version(String number) {
        if (!VERSION.matcher(number).matches()) {
            throw new BenchtopException(
                    "bad_version", "'" + number + "' is no version; write three numbers, such as 1.2.0.");
        }
        this.version = number;
        return this;
    }

    /**
     * What the model is tried with, and what it must answer: from the program that has trained it.
     *
     * @param inputs by the model's names of them
     * @param outputs those that are compared, by the model's names of them
     */
    public Publication sample(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
        this.inputs = Map.copyOf(inputs);
        this.outputs = Map.copyOf(outputs);
        return this;
    }

    /**
     * What the model is tried with, for a model that {@link ModelFile} has written and whose answers it therefore knows.
     *
     * @throws BenchtopException {@code sample_incomplete} for any other, {@code bad_sample} where it does not take the tensors
     */
    public Publication sample(Map<String, Tensor> inputs) {
        return sample(
                inputs,
                file.answers(inputs)
                        .orElseThrow(
                                () -> new BenchtopException(
                                        "sample_incomplete",
                                        "Give the answers, too: sample(inputs, outputs), as the program that trained the model computes"
                                                + " them. Benchtop asks the model and compares, and nothing here can run this file.")));
    }

    /** How far an answer may be from the expected one: the absolute part, plus the relative part of it. 1e-4 both if not told. */
    public Publication tolerance(double absolute, double relative) {
        this.tolerance = new Tolerance(absolute, relative);
        return this;
    }

    /** Free text. */
    public Publication description(String text) {
        this.description = text;
        return this;
    }

    /** How good it is, such as {@code Map.of("auc", 0.91)}. */
    public Publication metrics(Map<String, ? extends Number> measured) {
        var all = new HashMap<String, Double>();
        measured.forEach((metric, value) -> all.put(metric, value.doubleValue()));
        this.metrics = Map.copyOf(all);
        return this;
    }

    /** The run that made it, by its id. */
    public Publication run(String id) {
        this.runId = id;
        return this;
    }

    /** The model's name. */
    public String name() {
        return name;
    }

    /**
     * What the service is asked.
     *
     * @throws BenchtopException {@code sample_missing}, {@code bad_version}, {@code bad_tensor}
     */
    PublishRequest request(Content.Digest digest, Origin origin) {
        if (bump != null && version != null) {
            throw new BenchtopException("bad_version", "Give bump(…) or version(…), not both.");
        }
        return new PublishRequest(
                bump == null ? null : bump.text(),
                version,
                file.format(),
                List.of(new io.benchtop.api.model.ModelFile(file.file(), digest.size(), digest.sha256())),
                null,
                sample(),
                description,
                metrics,
                runId,
                origin.datasets(),
                origin.notebook().orElse(null),
                origin.image().orElse(null));
    }

    private ModelSample sample() {
        if (inputs == null || outputs == null || inputs.isEmpty() || outputs.isEmpty()) {
            throw new BenchtopException(
                    "sample_missing",
                    "Give some rows and what the model answers to them: sample(inputs, outputs). Without, " + name
                            + " cannot be checked, and is not published.");
        }
        return new ModelSample(tensors(inputs), tensors(outputs), tolerance);
    }

    private static List<SampleTensor> tensors(Map<String, Tensor> tensors) {
        return tensors.entrySet().stream()
                .map(each -> TensorJson.write(each.getKey(), each.getValue()))
                .toList();
    }

    ModelFile file() {
        return file;
    }

    /**
     * What a version comes from, as far as it is known.
     *
     * @param datasets that it was made from
     * @param notebook whose code made it
     * @param image that this program runs in
     */
    public record Origin(List<ModelDataset> datasets, Optional<ModelNotebook> notebook, Optional<String> image) {

        public Origin {
            datasets = List.copyOf(datasets);
        }
    }
}
