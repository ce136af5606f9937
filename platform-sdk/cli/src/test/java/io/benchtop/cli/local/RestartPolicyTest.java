package io.benchtop.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

    @Test
    void waitsTwiceAsLongEachTimeAndHalfAMinuteAtMost() {
        // Given
        var policy = RestartPolicy.fresh();
        var delays = new ArrayList<Long>();

        // When
        for (int crash = 0; crash < 9; crash++) {
            policy = policy.afterRun(START, START.plusSeconds(1));
            delays.add(policy.delay().toMillis());
        }

        // Then
        assertThat(delays).isEqualTo(List.of(500L, 1000L, 2000L, 4000L, 8000L, 16000L, 30000L, 30000L, 30000L));
    }

    @Test
    void beginsAnewAfterASteadyMinute() {
        // Given
        var policy = new RestartPolicy(7);

        // Then
        assertThat(policy.afterRun(START, START.plusSeconds(60)).delay()).isEqualTo(Duration.ofMillis(500));
    }
}
