package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.profile.OptionSlug;
import io.benchtop.service.spawn.WarmServer.State;
import io.benchtop.service.workspace.WarmPool;
import io.micronaut.context.annotation.Context;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What Prometheus is told about warm servers: counted when asked, by each replica the same. While profiles cannot be read
 * there is no number, which is not the same as none.
 */
@Context
final class WarmMetrics extends Collector {

    private final WarmPool pool;

    WarmMetrics(CollectorRegistry registry, WarmPool pool) {
        this.pool = requireNonNull(pool, "pool is null");
        registry.register(this);
    }

    @Override
    public List<MetricFamilySamples> collect() {
        GaugeMetricFamily waiting = new GaugeMetricFamily(
                "benchtop_warm_servers",
                "Servers that wait for new workspaces, by profile.",
                List.of("profile", "state"));
        counted().forEach((profile, counts) -> {
            for (State state : State.values()) {
                waiting.addMetric(
                        List.of(profile.value(), state.name().toLowerCase(Locale.ROOT)),
                        counts.getOrDefault(state, 0L));
            }
        });
        return List.of(waiting);
    }

    private Map<OptionSlug, Map<State, Long>> counted() {
        try {
            return pool.counts();
        } catch (RuntimeException e) {
            return Map.of();
        }
    }
}
