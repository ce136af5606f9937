package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumaneBytesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1, 1 byte",
        "1023, 1023 bytes",
        "1024, 1 KiB",
        "1536, 1.5 KiB",
        "10240, 10 KiB",
        "1048575, 1 MiB",
        "12000000, 11 MiB",
        "1073741823, 1 GiB",
        "1610612736, 1.5 GiB",
    })
    void aSizeHasAtMostFourDigitsAndAUnit(long bytes, String text) {
        assertThat(HumaneBytes.size(bytes)).isEqualTo(text);
    }
}
