package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartAxisTest {

    @ParameterizedTest
    @CsvSource({"1, 2.5, value", "-1, 5000, value", "0, 5000, value", "3e-4, .5, log", "1e-1, 1e1, value"})
    void numbersLieWhereTheyAre(String one, String other, String scale) {
        // When
        ChartAxis axis = ChartAxis.of("lr", List.of(one, other));

        // Then
        assertThat(axis.scale()).isEqualTo(scale);
        assertThat(axis.categories()).isEmpty();
        assertThat(axis.place(one)).isEqualTo(Double.valueOf(one));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gini", "", "NaN", "1d", "0x1p3", "1e999", "1,5", "<script>"})
    void textsLieBesideEachOther(String text) {
        // When
        ChartAxis axis = ChartAxis.of("criterion", List.of("zeta", text, "1", text));

        // Then
        assertThat(axis.scale()).isEqualTo("category");
        assertThat(axis.categories())
                .containsExactlyInAnyOrder("zeta", text, "1")
                .isSorted();
        assertThat(axis.place(text)).isEqualTo(axis.categories().indexOf(text));
    }

    @Test
    void anAxisOfNothingIsOne() {
        assertThat(ChartAxis.of("lr", List.of()).scale()).isEqualTo("value");
    }
}
