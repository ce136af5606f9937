package io.benchtop.sdk.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {

    @Test
    void givesWhatItWasMadeOf() {
        assertThat(Tensor.fp32(new float[] {1.5f, 2}).floats()).containsExactly(1.5f, 2);
        assertThat(Tensor.fp64(new double[] {0.1, 2}).doubles()).containsExactly(0.1, 2);
        assertThat(Tensor.int64(new long[] {Long.MIN_VALUE, 2}).longs()).containsExactly(Long.MIN_VALUE, 2);
        assertThat(Tensor.int32(new int[] {-7, 2}).longs()).containsExactly(-7, 2);
        assertThat(Tensor.bool(new boolean[] {true, false}).booleans()).containsExactly(true, false);
        assertThat(Tensor.strings(List.of("Bern", "ä")).strings()).containsExactly("Bern", "ä");
    }

    @Test
    void hasAShapeThatItsValuesFill() {
        // Given
        var rows = Tensor.fp32(new double[][] {{1, 2, 3}, {4, 5, 6}});

        // Then
        assertThat(rows)
                .isEqualTo(Tensor.fp32(new float[] {1, 2, 3, 4, 5, 6}, 2, 3))
                .hasToString("Tensor(FP32[2, 3])");
        assertThat(Tensor.int64(new long[] {7}).shape()).isEmpty();
        assertThat(Tensor.int64(new long[] {7, 8}).shape()).containsExactly(2L);
        assertThat(Tensor.fp32(new float[0], 0, 3).size()).isZero();
        assertThatThrownBy(() -> Tensor.fp32(new float[5], 2, 3))
                .hasMessageContaining("5 values do not fill the shape [2, 3]");
        assertThatThrownBy(() -> Tensor.fp32(new float[6], -2, -3)).hasMessageContaining("bad_tensor");
        assertThatThrownBy(() -> Tensor.fp32(new double[][] {{1, 2}, {3}})).hasMessageContaining("Row 1 has 1 numbers");
    }

    @Test
    void saysWhatItCannotGive() {
        assertThatThrownBy(() -> Tensor.strings(List.of("Bern")).floats())
                .hasMessageContaining("A tensor of BYTES has no floats()");
        assertThatThrownBy(() -> Tensor.fp32(new float[1]).longs()).hasMessageContaining("FP32 has no longs()");
    }

    @Test
    void readsTypesThatJavaHasNot() {
        assertThat(of(Datatype.UINT8, 0xff, 1).longs()).containsExactly(255, 1);
        assertThat(of(Datatype.INT8, 0xff).longs()).containsExactly(-1);
        assertThat(of(Datatype.UINT16, 0xff, 0xff).longs()).containsExactly(65_535);
        assertThat(of(Datatype.UINT32, 0xff, 0xff, 0xff, 0xff).longs()).containsExactly(4_294_967_295L);
        assertThat(of(Datatype.BF16, 0x80, 0xbf).floats()).containsExactly(-1);
        // One, minus two, the smallest above zero, infinity.
        assertThat(of(Datatype.FP16, 0, 0x3c, 0, 0xc0, 1, 0, 0, 0x7c).floats())
                .containsExactly(1, -2, 0x1p-24f, Float.POSITIVE_INFINITY);
    }

    private static Tensor of(Datatype type, int... bytes) {
        var raw = ByteBuffer.allocate(bytes.length);
        for (int each : bytes) {
            raw.put((byte) each);
        }
        return Tensor.ofRaw(type, List.of((long) bytes.length / type.width()), raw.flip());
    }

    @Test
    void refusesBytesThatAreNoTensor() {
        assertThatThrownBy(() -> Tensor.ofRaw(Datatype.FP32, List.of(1L), ByteBuffer.allocate(5)))
                .hasMessageContaining("5 bytes are no elements of FP32");
        assertThatThrownBy(() -> Tensor.ofRaw(Datatype.BYTES, List.of(1L), ByteBuffer.wrap(new byte[] {9, 0, 0, 0, 1})))
                .hasMessageContaining("ends before its end");
    }

    @Test
    void isTheSameAfterJson() {
        for (var tensor : List.of(
                Tensor.fp32(new float[] {0.1f, -2}, 2, 1),
                Tensor.fp64(new double[] {0.1}),
                Tensor.int64(new long[] {Long.MAX_VALUE}, 1),
                Tensor.bool(new boolean[] {true, false}),
                Tensor.strings(List.of("a", "ä")))) {
            // When
            var written = TensorJson.write("X", tensor);
            var data = JsonParser.parseString(new Gson().toJson(written.data())).getAsJsonArray();

            // Then
            assertThat(TensorJson.read(tensor.datatype(), written.shape(), data))
                    .isEqualTo(tensor);
        }
    }

    @Test
    void writesShortNumbersAndRefusesWhatIsNone() {
        assertThat(TensorJson.write("X", Tensor.fp32(new float[] {0.1f})).data())
                .hasToString("[0.1]");
        assertThatThrownBy(() -> TensorJson.write("X", Tensor.fp32(new float[] {Float.NaN})))
                .hasMessageContaining("'X' has NaN");
    }
}
