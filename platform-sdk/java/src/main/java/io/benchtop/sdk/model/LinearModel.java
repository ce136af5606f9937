package io.benchtop.sdk.model;

import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.tensor.Datatype;
import io.benchtop.sdk.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model that is a matrix: {@code scores = X · weightsᵀ + intercepts}, as a regression or, with the softmax of the scores, as a
 * classification. Two classes have one row of weights, that of the second, as scikit-learn has it; the first one's score is 0.
 *
 * <p>It knows its own answers, computed in double precision, so that the ONNX made of it is compared with something that is not
 * ONNX. Never changes.
 */
final class LinearModel {

    static final String INPUT = "X";
    static final String PREDICTION = "prediction";
    static final String LABEL = "label";
    static final String PROBABILITIES = "probabilities";

    private final float[][] rows;
    private final float[] intercepts;
    private final boolean classifies;

    private LinearModel(float[][] rows, float[] intercepts, boolean classifies) {
        this.rows = rows;
        this.intercepts = intercepts;
        this.classifies = classifies;
    }

    /** @throws BenchtopException {@code bad_weights} */
    static LinearModel of(double[][] weights, double[] intercepts, boolean classifies) {
        if (weights.length == 0 || weights[0].length == 0 || weights.length != intercepts.length) {
            throw bad("Give one row of weights and one intercept for each output: there are " + weights.length
                    + " rows and " + intercepts.length + " intercepts.");
        }
        int first = classifies && weights.length == 1 ? 1 : 0;
        var rows = new float[weights.length + first][weights[0].length];
        var offsets = new float[rows.length];
        for (int row = 0; row < weights.length; row++) {
            if (weights[row].length != weights[0].length) {
                throw bad("Row " + row + " has " + weights[row].length + " weights, and the first has "
                        + weights[0].length + ". Give rows of the same length.");
            }
            for (int column = 0; column < weights[row].length; column++) {
                rows[first + row][column] = finite(weights[row][column]);
            }
            offsets[first + row] = finite(intercepts[row]);
        }
        return new LinearModel(rows, offsets, classifies);
    }

    private static float finite(double weight) {
        var narrowed = (float) weight;
        if (!Float.isFinite(narrowed)) {
            throw bad(weight + " is no weight. Training has not converged, perhaps; try a lower rate.");
        }
        return narrowed;
    }

    boolean classifies() {
        return classifies;
    }

    int inputs() {
        return rows[0].length;
    }

    int outputs() {
        return rows.length;
    }

    /** Weights of all outputs, row by row. */
    float[] weights() {
        var all = new float[outputs() * inputs()];
        for (int row = 0; row < outputs(); row++) {
            System.arraycopy(rows[row], 0, all, row * inputs(), inputs());
        }
        return all;
    }

    float[] intercepts() {
        return intercepts.clone();
    }

    /**
     * What it answers.
     *
     * @throws BenchtopException {@code bad_sample} where it does not take the tensors
     */
    Map<String, Tensor> answers(Map<String, Tensor> asked) {
        var values = taken(asked).floats();
        int count = values.length / inputs();
        var labels = new long[count];
        var scores = new float[count * outputs()];
        for (int row = 0; row < count; row++) {
            var each = scores(values, row * inputs());
            labels[row] = greatest(each);
            var shown = classifies ? softmax(each, each[(int) labels[row]]) : each;
            for (int output = 0; output < outputs(); output++) {
                scores[row * outputs() + output] = (float) shown[output];
            }
        }
        var answers = new LinkedHashMap<String, Tensor>();
        if (classifies) {
            answers.put(LABEL, Tensor.int64(labels, count));
        }
        answers.put(classifies ? PROBABILITIES : PREDICTION, Tensor.fp32(scores, count, outputs()));
        return answers;
    }

    private Tensor taken(Map<String, Tensor> asked) {
        @Nullable Tensor rows = asked.get(INPUT);
        if (rows == null
                || asked.size() != 1
                || rows.datatype() != Datatype.FP32
                || rows.shape().size() != 2
                || !rows.shape().get(1).equals((long) inputs())) {
            throw new BenchtopException(
                    "bad_sample",
                    "The model takes " + INPUT + " of FP32[-1, " + inputs() + "], and the sample is " + asked
                            + ". Give Map.of(\"X\", Tensor.fp32(rows)).");
        }
        return rows;
    }

    private double[] scores(float[] values, int at) {
        var scores = new double[outputs()];
        for (int output = 0; output < scores.length; output++) {
            double sum = intercepts[output];
            for (int column = 0; column < inputs(); column++) {
                sum += (double) rows[output][column] * values[at + column];
            }
            scores[output] = sum;
        }
        return scores;
    }

    /** The first of them, as ArgMax has it. */
    private static int greatest(double[] scores) {
        int greatest = 0;
        for (int i = 1; i < scores.length; i++) {
            greatest = scores[i] > scores[greatest] ? i : greatest;
        }
        return greatest;
    }

    private static double[] softmax(double[] scores, double greatest) {
        var shares = new double[scores.length];
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            shares[i] = Math.exp(scores[i] - greatest);
            sum += shares[i];
        }
        for (int i = 0; i < scores.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    private static BenchtopException bad(String sentence) {
        return new BenchtopException("bad_weights", sentence);
    }
}
