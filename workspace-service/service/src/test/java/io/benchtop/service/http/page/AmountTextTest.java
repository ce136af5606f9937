package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.benchtop.service.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTextTest {

    @ParameterizedTest
    @CsvSource({
        "8, 8589934592, 8 GiB",
        "8 GiB, 8589934592, 8 GiB",
        "8gb, 8589934592, 8 GiB",
        "'1,5 g', 1610612736, 1536 MiB",
        "512 MiB, 536870912, 512 MiB",
        "1 TiB, 1099511627776, 1024 GiB",
        "268435457 B, 268435457, 268435457 B",
        "999999999999 TiB, 9223372036854775807, 9223372036854775807 B",
    })
    void memoryIsReadAsPeopleWriteItAndWrittenSoThatItIsReadTheSame(String typed, long bytes, String written) {
        assertThat(AmountText.bytes("f", typed)).isEqualTo(bytes);
        assertThat(AmountText.ofBytes(bytes)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"90s, PT1M30S, 90s", "5m, PT5M, 5m", "36H, PT36H, 36h", "7d, PT168H, 7d", "PT90M, PT1H30M, 90m"})
    void timesAreReadAsPeopleWriteThem(String typed, String iso, String written) {
        assertThat(AmountText.duration("f", typed)).isEqualTo(iso);
        assertThat(AmountText.ofDuration(iso)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"much", "-1", "1e400", "1;x", "8 GiB or so", "NaN", "0x10", "١"})
    void s50WhatIsNoAmountIsRefusedInEveryField(String typed) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> AmountText.bytes("f", typed));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> AmountText.decimal("f", typed));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> AmountText.whole("f", typed));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> AmountText.duration("f", typed));
    }

    @Test
    void anEmptyFieldIsNoAmount() {
        assertThat(AmountText.bytes("f", " ")).isNull();
        assertThat(AmountText.decimal("f", "")).isNull();
        assertThat(AmountText.whole("f", "")).isNull();
        assertThat(AmountText.duration("f", "")).isNull();
        assertThat(AmountText.decimal("f", "0,5")).isEqualTo(0.5);
        assertThat(AmountText.whole("f", " 4 ")).isEqualTo(4);
    }
}
