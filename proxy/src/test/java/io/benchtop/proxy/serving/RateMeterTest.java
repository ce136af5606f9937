package io.benchtop.proxy.serving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateMeterTest {

    private static final long SECOND = 1_000_000_000;

    private static int taken(RateMeter meter, double rate, int burst, long from, long until, long step) {
        int taken = 0;
        for (long now = from; now < until; now += step) {
            taken += meter.take(rate, burst, now) == 0 ? 1 : 0;
        }
        return taken;
    }

    @Test
    void aBurstIsLetInAtOnceAndThenTheRate() {
        // Given
        RateMeter meter = new RateMeter(-SECOND);

        // When / Then
        assertThat(taken(meter, 10, 5, 0, 100, 1)).isEqualTo(5);
        assertThat(taken(meter, 10, 5, 100, 10 * SECOND, SECOND / 1000)).isBetween(99, 100);
    }

    @Test
    void whoIsRefusedIsToldForHowLong() {
        // Given
        RateMeter meter = new RateMeter(0);
        meter.take(0.5, 1, 0);

        // When
        long early = meter.take(0.5, 1, SECOND);

        // Then
        assertThat(early).isEqualTo(SECOND);
        assertThat(meter.take(0.5, 1, SECOND + early)).isZero();
    }
}
