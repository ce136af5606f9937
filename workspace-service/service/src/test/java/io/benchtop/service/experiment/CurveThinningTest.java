package io.benchtop.service.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurveThinningTest {

    private static Curve curve(int most, long values, LongToDoubleFunction value) {
        CurveThinning thinning = new CurveThinning("loss", most);
        LongStream.range(0, values)
                .mapToObj(step -> new Metric("loss", value.applyAsDouble(step), step, step))
                .forEach(thinning::add);
        return thinning.curve();
    }

    private static List<Long> steps(Curve curve) {
        return curve.points().stream().map(Metric::step).toList();
    }

    @Test
    void aShortCurveKeepsEveryValue() {
        // When
        Curve curve = curve(2_000, 1_998, step -> Math.sin(step));

        // Then
        assertThat(curve.points()).hasSize(1_998);
        assertThat(steps(curve)).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"6, 7", "6, 1000", "7, 999", "100, 101", "100, 12345", "2000, 2001", "2000, 500000"})
    void aLongOneKeepsItsEndsAndWhatSticksOut(int most, int values) {
        // Given
        int deep = values / 3;
        int high = values - 2;

        // When
        Curve curve = curve(most, values, step -> step == deep ? -9 : step == high ? 9 : 1.0 / (step + 1));

        // Then
        assertThat(curve.points())
                .hasSizeLessThanOrEqualTo(most)
                .hasSizeGreaterThanOrEqualTo(Math.min(values, most / 4));
        assertThat(steps(curve))
                .isSorted()
                .startsWith(0L)
                .endsWith((long) values - 1)
                .contains((long) deep, (long) high);
        assertThat(curve.lowest().orElseThrow().value()).isEqualTo(-9);
        assertThat(curve.highest().orElseThrow().value()).isEqualTo(9);
    }

    @Test
    void everyStretchOfALongCurveKeepsItsLowestAndHighest() {
        // When
        Curve curve = curve(100, 4_800, step -> step % 100 == 50 ? 5 : step % 100 == 51 ? -5 : 0);

        // Then
        assertThat(curve.points().stream().filter(point -> point.value() == 5)).hasSizeGreaterThan(20);
        assertThat(curve.points().stream().filter(point -> point.value() == -5)).hasSizeGreaterThan(20);
    }

    @Test
    void whatIsNoNumberIsCountedAndLeftOut() {
        // When
        Curve curve = curve(10, 5, step -> step == 0 ? Double.NaN : step == 4 ? Double.NEGATIVE_INFINITY : step);
        Curve nothing = curve(10, 2, _ -> Double.NaN);

        // Then
        assertThat(steps(curve)).containsExactly(1L, 2L, 3L);
        assertThat(curve.omitted()).isEqualTo(2);
        assertThat(nothing.points()).isEmpty();
        assertThat(nothing.lowest()).isEmpty();
        assertThat(nothing.highest()).isEmpty();
    }

    @Test
    void ofEqualsTheFirstIsTheLowestAndTheHighest() {
        // When
        Curve curve = curve(10, 5, _ -> 1);

        // Then
        assertThat(curve.lowest().orElseThrow().step()).isZero();
        assertThat(curve.highest().orElseThrow().step()).isZero();
    }

    @Test
    void aPictureOfNothingIsRefused() {
        assertThatThrownBy(() -> new CurveThinning("loss", 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Curve("loss", List.of(new Metric("loss", Double.NaN, 0, 0)), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
