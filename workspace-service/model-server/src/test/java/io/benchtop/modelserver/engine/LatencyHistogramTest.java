package io.benchtop.modelserver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

    @Test
    void aBucketHoldsWhatIsCountedInIt() {
        for (long micros = 0; micros < 1_000_000; micros += 1 + micros / 50) {
            int bucket = LatencyHistogram.bucket(micros);
            assertThat(LatencyHistogram.upper(bucket)).isBetween(micros, micros + micros / 8);
        }
    }

    @Test
    void quantilesAreWithinAnEighth() {
        // Given
        LatencyHistogram latency = new LatencyHistogram();
        for (int i = 1; i <= 1000; i++) {
            latency.record(i * 1000L);
        }

        // Then
        assertThat(latency.count()).isEqualTo(1000);
        assertThat(latency.sumMicros()).isEqualTo(500_500);
        assertThat(latency.quantile(0.5)).isBetween(500L, 563L);
        assertThat(latency.quantile(0.99)).isBetween(990L, 1115L);
    }
}
