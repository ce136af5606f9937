package io.benchtop.modelserver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineConfigTest {

    @ParameterizedTest
    @CsvSource({
        // A small burst, whatever a run takes.
        "2, 31, false, 5000000, true",
        // 64 runs of 5 ms by 2 workers are 160 ms.
        "2, 64, false, 5000000, false",
        // 64 runs of 20 us are soon done.
        "2, 64, false, 20000, true",
        "2, 511, false, 20000, true",
        "2, 512, false, 20000, false",
        // More workers do more.
        "8, 127, false, 5000000, true",
        "8, 128, false, 5000000, false",
        // Shared runs take many at once.
        "2, 511, true, 5000000, true",
        "2, 512, true, 5000000, false",
    })
    void asManyMayWaitAsAreAnsweredSoon(int threads, int waiting, boolean shared, long run, boolean taken) {
        assertThat(new EngineConfig(threads, OptionalInt.empty(), 256).takesAnother(waiting, shared, run))
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({"3, true", "4, false"})
    void aGivenBoundIsTheOnlyOne(int waiting, boolean taken) {
        EngineConfig config = new EngineConfig(1, OptionalInt.of(4), 1);

        assertThat(config.takesAnother(waiting, false, TimeUnit.SECONDS.toNanos(1)))
                .isEqualTo(taken);
    }
}
