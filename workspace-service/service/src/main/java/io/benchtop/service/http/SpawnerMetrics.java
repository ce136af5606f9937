package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.SpawnerHealth;
import io.benchtop.service.spawn.SpawnerHealth.Health;
import io.micronaut.context.annotation.Context;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.GaugeMetricFamily;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What Prometheus is told about how this replica sees the servers. What was never compared has no age. */
@Context
final class SpawnerMetrics {

    SpawnerMetrics(CollectorRegistry registry, SpawnerHealth spawner, InstantSource clock) {
        registry.register(new Seen(spawner, clock));
    }

    private static final class Seen extends Collector {

        private final SpawnerHealth spawner;
        private final InstantSource clock;

        Seen(SpawnerHealth spawner, InstantSource clock) {
            this.spawner = requireNonNull(spawner, "spawner is null");
            this.clock = requireNonNull(clock, "clock is null");
        }

        @Override
        public List<MetricFamilySamples> collect() {
            Health health = spawner.health();
            GaugeMetricFamily age = new GaugeMetricFamily(
                    "benchtop_spawner_compared_age_seconds",
                    "How long ago what is known of servers was compared with what runs.",
                    List.of());
            Instant seen = health.lastSeen();
            if (seen != null) {
                age.addMetric(List.of(), Duration.between(seen, clock.instant()).toMillis() / 1e3);
            }
            return List.of(
                    new GaugeMetricFamily(
                            "benchtop_spawner_answering",
                            "1 while what runs the servers answers, 0 while it does not.",
                            health.answering() ? 1 : 0),
                    new GaugeMetricFamily(
                            "benchtop_spawner_watching",
                            "1 while changes of servers are told at once, 0 while they are seen late.",
                            health.watching() ? 1 : 0),
                    age);
        }
    }
}
