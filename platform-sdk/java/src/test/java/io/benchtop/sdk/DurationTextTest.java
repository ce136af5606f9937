package io.benchtop.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.sdk.error.BenchtopException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "90s,PT1M30S",
        "30m,PT30M",
        "2h,PT2H",
        "1d,P1D",
        "1h30m,PT1H30M",
        "PT48H,P2D",
        "p1dt1h,PT25H",
        "' 2H ',PT2H"
    })
    void readsWhatPeopleWriteAndSendsIso(String written, String sent) {
        assertThat(DurationText.toIso(DurationText.parse(written))).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "2", "h", "0h", "-2h", "2 fortnights", "1.5h", "PT0.5S", "P", "PT", "9999999999h", "٢h"
            })
    void refusesWhatIsNoDurationAndShowsOne(String written) {
        assertThatThrownBy(() -> DurationText.parse(written))
                .isInstanceOfSatisfying(
                        BenchtopException.class,
                        failure -> assertThat(failure.code()).isEqualTo("bad_duration"))
                .hasMessageContaining("'" + written + "'")
                .hasMessageContaining("2h");
    }

    @Test
    void refusesFractionsOfASecond() {
        assertThatThrownBy(() -> DurationText.toIso(Duration.ofMillis(1500))).hasMessageContaining("whole seconds");
    }
}
