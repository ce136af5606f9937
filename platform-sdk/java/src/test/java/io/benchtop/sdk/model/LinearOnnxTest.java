package io.benchtop.sdk.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.benchtop.sdk.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Linear models: what they answer, and how they are written. That ONNX Runtime answers the same is checked by every publication. */
class LinearOnnxTest {

    private static final Map<String, Tensor> ROWS = Map.of("X", Tensor.fp32(new double[][] {{1, 2}, {-3, 0.5}}));

    @Test
    void aRegressionAnswersWithItsScores() {
        // When
        var answers = LinearModel.of(new double[][] {{2, 1}, {0, 4}}, new double[] {0.5, -1}, false)
                .answers(ROWS);

        // Then
        assertThat(answers).containsOnlyKeys("prediction");
        assertThat(answers.get("prediction")).isEqualTo(Tensor.fp32(new double[][] {{4.5, 7}, {-5, 1}}));
    }

    @Test
    void twoClassesAreTheSigmoidOfOneScore() {
        // When
        var answers = LinearModel.of(new double[][] {{2, 1}}, new double[] {0.5}, true)
                .answers(ROWS);

        // Then
        assertThat(answers.get("label")).isEqualTo(Tensor.int64(new long[] {1, 0}, 2));
        assertThat(answers.get("probabilities").shape()).containsExactly(2L, 2L);
        assertThat(answers.get("probabilities").doubles()[1]).isEqualTo(1 / (1 + Math.exp(-4.5)), within(1e-6));
    }

    @Test
    void moreClassesShareOne() {
        // When
        var answers = LinearModel.of(new double[][] {{1, 0}, {0, 1}, {1000, 0}}, new double[3], true)
                .answers(ROWS);

        // Then
        assertThat(answers.get("label").longs()).containsExactly(2, 1);
        assertThat(answers.get("probabilities").doubles())
                .containsExactly(new double[] {0, 0, 1, 0.0293, 0.9707, 0}, within(1e-4));
    }

    @Test
    void refusesWhatIsNoModelAndWhatItDoesNotTake() {
        assertThatThrownBy(() -> ModelFile.linear(new double[][] {{1}}, new double[2]))
                .hasMessageContaining("1 rows and 2 intercepts");
        assertThatThrownBy(() -> ModelFile.linear(new double[][] {{1, 2}, {3}}, new double[2]))
                .hasMessageContaining("Row 1 has 1 weights");
        assertThatThrownBy(() -> ModelFile.logistic(new double[] {Double.NaN}, 0))
                .hasMessageContaining("NaN is no weight");
        assertThatThrownBy(() -> ModelFile.logistic(new double[] {1, 2, 3}, 0).answers(ROWS))
                .hasMessageContaining("FP32[-1, 3]")
                .hasMessageContaining("FP32[2, 2]");
    }

    @Test
    void aClassifierIsWrittenAsItsOperatorsAndWeights() {
        // When
        var model = fields(LinearOnnx.of(LinearModel.of(new double[][] {{2, 1}}, new double[] {0.5}, true)));
        var graph = fields(bytes(model, 7).get(0));

        // Then
        assertThat(numbers(model, 1)).containsExactly(8L);
        assertThat(numbers(fields(bytes(model, 8).get(0)), 2)).containsExactly(17L);
        assertThat(bytes(graph, 1).stream().map(node -> text(fields(node), 4)))
                .containsExactly("Gemm", "ArgMax", "Softmax");
        assertThat(bytes(graph, 11).stream().map(input -> text(fields(input), 1)))
                .containsExactly("X");
        assertThat(bytes(graph, 12).stream().map(output -> text(fields(output), 1)))
                .containsExactly("label", "probabilities");
        var weights = fields(bytes(graph, 5).get(0));
        assertThat(numbers(weights, 1)).containsExactly(2L, 2L);
        assertThat(floats(bytes(weights, 9).get(0))).containsExactly(0f, 0f, 2f, 1f);
        assertThat(floats(bytes(fields(bytes(graph, 5).get(1)), 9).get(0))).containsExactly(0f, 0.5f);
    }

    @Test
    void aRegressionIsASingleOperator() {
        // When
        var model = fields(LinearOnnx.of(LinearModel.of(new double[300][200], new double[300], false)));

        // Then
        var graph = fields(bytes(model, 7).get(0));
        assertThat(bytes(graph, 1)).hasSize(1);
        assertThat(text(fields(bytes(graph, 12).get(0)), 1)).isEqualTo("prediction");
        assertThat(floats(bytes(fields(bytes(graph, 5).get(0)), 9).get(0))).hasSize(60_000);
    }

    /** One field of a message: a number, or bytes. */
    private record Field(int number, Object value) {}

    private static List<Field> fields(byte[] message) {
        var in = ByteBuffer.wrap(message);
        var found = new ArrayList<Field>();
        while (in.hasRemaining()) {
            var tag = varint(in);
            if ((tag & 7) == 0) {
                found.add(new Field((int) (tag >> 3), varint(in)));
            } else {
                assertThat(tag & 7).isEqualTo(2);
                var value = new byte[(int) varint(in)];
                in.get(value);
                found.add(new Field((int) (tag >> 3), value));
            }
        }
        return found;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte each = in.get();
            value |= (each & 0x7fL) << shift;
            if (each >= 0) {
                return value;
            }
        }
    }

    private static List<Long> numbers(List<Field> message, int number) {
        return message.stream()
                .filter(field -> field.number() == number)
                .map(field -> (Long) field.value())
                .toList();
    }

    private static List<byte[]> bytes(List<Field> message, int number) {
        return message.stream()
                .filter(field -> field.number() == number)
                .map(field -> (byte[]) field.value())
                .toList();
    }

    private static String text(List<Field> message, int number) {
        return new String(bytes(message, number).get(0), UTF_8);
    }

    private static float[] floats(byte[] raw) {
        var values = new float[raw.length / 4];
        ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }
}
