package io.benchtop.sdk.model;

import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model that can be served: a file of ONNX or TorchScript, or one that is written here of what was trained in Java.
 *
 * <pre>{@code
 * ModelFile.onnx(Path.of("risk.onnx")).name("orders-risk");
 * ModelFile.logistic(weights, intercept).name("late-orders");
 * }</pre>
 */
public final class ModelFile {

    private final String format;
    private final Content content;
    private final @Nullable LinearModel known;

    private ModelFile(String format, Content content, @Nullable LinearModel known) {
        this.format = format;
        this.content = content;
        this.known = known;
    }

    /** ONNX in a file, with all its data. */
    public static ModelFile onnx(Path file) {
        return new ModelFile("onnx", Content.of(file), null);
    }

    /** ONNX in memory. */
    public static ModelFile onnx(byte[] content) {
        return new ModelFile("onnx", Content.of(content.clone()), null);
    }

    /** TorchScript in a file. */
    public static ModelFile torchScript(Path file) {
        return new ModelFile("torchscript", Content.of(file), null);
    }

    /**
     * A linear regression: input {@code X} of FP32, output {@code prediction}.
     *
     * @param weights one row for each output
     * @param intercepts one for each output
     * @throws BenchtopException {@code bad_weights}
     */
    public static ModelFile linear(double[][] weights, double[] intercepts) {
        return of(LinearModel.of(weights, intercepts, false));
    }

    /**
     * A logistic regression of two classes, 0 and 1: input {@code X} of FP32, outputs {@code label} and {@code probabilities}.
     *
     * @param weights of class 1
     * @throws BenchtopException {@code bad_weights}
     */
    public static ModelFile logistic(double[] weights, double intercept) {
        return logistic(new double[][] {weights}, new double[] {intercept});
    }

    /**
     * A logistic regression of more classes, counted from 0; with a single row of weights, of two.
     *
     * @param weights one row for each class
     * @param intercepts one for each class
     * @throws BenchtopException {@code bad_weights}
     */
    public static ModelFile logistic(double[][] weights, double[] intercepts) {
        return of(LinearModel.of(weights, intercepts, true));
    }

    private static ModelFile of(LinearModel model) {
        return new ModelFile("onnx", Content.of(LinearOnnx.of(model)), model);
    }

    /**
     * Names the model that this becomes a version of.
     *
     * @throws BenchtopException {@code bad_name}
     */
    public Publication name(String model) {
        return new Publication(this, model);
    }

    /** What it answers, where that is known here: of models that this SDK has written. */
    public Optional<Map<String, Tensor>> answers(Map<String, Tensor> inputs) {
        return Optional.ofNullable(known).map(model -> model.answers(inputs));
    }

    String format() {
        return format;
    }

    /** Its name in the version. */
    String file() {
        return format.equals("onnx") ? "model.onnx" : "model.pt";
    }

    Content content() {
        return content;
    }
}
