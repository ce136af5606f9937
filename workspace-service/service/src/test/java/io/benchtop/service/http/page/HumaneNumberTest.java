package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumaneNumberTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "0.91234567, 0.912346",
        "-12.5, -12.5",
        "1000000, 1e+06",
        "1234567, 1.23457e+06",
        "0.00003, 3e-05",
        "NaN, NaN",
        "-Infinity, -Infinity",
    })
    void aNumberHasSixDigitsAndNoZerosBehindThem(double value, String text) {
        assertThat(HumaneNumber.text(value)).isEqualTo(text);
    }
}
