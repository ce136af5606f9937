package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.StartPhase;
import io.benchtop.service.workspace.SpawnMeter;
import io.benchtop.service.workspace.WorkspaceRepository;
import io.benchtop.service.workspace.WorkspaceState.Running;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.GaugeMetricFamily;
import io.prometheus.client.Histogram;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What Prometheus is told about workspaces. Phases are measured by the replica that starts, so they add up over replicas;
 * running workspaces are counted in the database, so each replica tells the same number.
 */
@Singleton
final class WorkspaceMetrics implements SpawnMeter {

    private static final double[] SECONDS = {0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800};

    private final Histogram phases;

    WorkspaceMetrics(CollectorRegistry registry, WorkspaceRepository workspaces) {
        this.phases = Histogram.build("workspace_spawn_phase_seconds", "How long starts stay in each phase.")
                .labelNames("phase")
                .buckets(SECONDS)
                .register(registry);
        registry.register(new Active(workspaces));
    }

    @Override
    public void took(StartPhase phase, Duration duration) {
        phases.labels(phase.name().toLowerCase(Locale.ROOT)).observe(duration.toNanos() / 1e9);
    }

    /** Counts when asked. While the database is away there is no number, which is not the same as none. */
    private static final class Active extends Collector {

        private final WorkspaceRepository workspaces;

        Active(WorkspaceRepository workspaces) {
            this.workspaces = requireNonNull(workspaces, "workspaces is null");
        }

        @Override
        public List<MetricFamilySamples> collect() {
            GaugeMetricFamily active =
                    new GaugeMetricFamily("workspace_active", "Running workspaces, by profile.", List.of("profile"));
            counted().forEach((profile, count) -> active.addMetric(List.of(profile), count));
            return List.of(active);
        }

        private Map<String, Long> counted() {
            try {
                return workspaces.list().stream()
                        .filter(workspace -> workspace.state() instanceof Running)
                        .collect(Collectors.groupingBy(
                                workspace -> workspace.profile().slug().value(), Collectors.counting()));
            } catch (RuntimeException e) {
                return Map.of();
            }
        }
    }
}
