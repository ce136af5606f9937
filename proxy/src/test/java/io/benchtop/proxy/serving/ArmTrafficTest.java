package io.benchtop.proxy.serving;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.api.routing.EndpointUsage.Latency;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArmTrafficTest {

    private final ArmTraffic traffic = new ArmTraffic(
            "1.0.0",
            new ServingMetrics(new CollectorRegistry()).endpoint("iris").arm("1.0.0"));

    private Latency told(Duration... times) {
        for (Duration time : times) {
            traffic.ended(200, false, time.toNanos());
        }
        return requireNonNull(traffic.drain()).latency();
    }

    private static List<Double> bounds(Latency latency) {
        return latency.boundsMillis().stream()
                .filter(bound -> latency.counts().get(latency.boundsMillis().indexOf(bound)) > 0)
                .toList();
    }

    @Test
    void timesAreCountedByTheBoundsThatTheServiceJudgesBy() {
        // When
        Latency latency = told(Duration.ofMillis(50), Duration.ofMillis(55), Duration.ofSeconds(12));

        // Then
        assertThat(latency.boundsMillis()).isEqualTo(Latency.BOUNDS_MILLIS);
        assertThat(bounds(latency)).containsExactly(50.0, 75.0, 30_000.0);
    }

    @Test
    void onlyMoreThanAMinuteIsBeyondAllBounds() {
        // When
        Latency latency = told(Duration.ofMinutes(1), Duration.ofSeconds(61));

        // Then
        assertThat(bounds(latency)).containsExactly(60_000.0);
        assertThat(latency.counts().getLast()).isEqualTo(1);
    }
}
