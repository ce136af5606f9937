package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumaneTimeTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:42:10Z");

    @ParameterizedTest
    @CsvSource({
        "PT3S,just now",
        "PT59S,1 min ago",
        "PT42M,42 min ago",
        "PT27H,27 h ago",
        "P5D,5 days ago",
        "P60D,22 Sep 2026",
        "PT-3S,in a moment",
        "PT-90M,in 1 h",
        "P-30D,21 Dec 2026"
    })
    void saysHowLongAgo(Duration ago, String text) {
        assertThat(HumaneTime.relative(NOW.minus(ago), NOW).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT-1S,0 s", "PT42S,42 s", "PT3M50S,3 min", "PT2H5M,2 h 05 min", "P4DT3H,4 d 3 h"})
    void saysHowLongItLasts(Duration duration, String text) {
        assertThat(HumaneTime.lasting(duration)).isEqualTo(text);
    }

    @Test
    void keepsTheExactMoment() {
        assertThat(HumaneTime.relative(NOW, NOW).exact()).isEqualTo("21 Nov 2026, 09:42:10 UTC");
    }

    @ParameterizedTest
    @CsvSource({"0,0 MiB", "536870912,512 MiB", "1610612736,1.5 GiB", "2147483648,2 GiB", "17179869184,16 GiB"})
    void saysBytesInThreeDigits(long bytes, String text) {
        assertThat(HumaneBytes.text(bytes)).isEqualTo(text);
    }
}
