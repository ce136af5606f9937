package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.WorkspaceId;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.ContainerMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The memory that servers use, from the cluster's metrics if it has any. All are asked for at once, at most every few
 * seconds, and nobody waits long for it: a number that comes late serves whoever asks next.
 */
final class MemoryUse {

    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration AGAIN_WITHOUT_METRICS = Duration.ofSeconds(60);
    private static final long LONGEST_WAIT_MILLIS = 500;

    private final KubernetesClient client;
    private final ClusterGate gate;
    private final KubernetesSettings settings;
    private Map<WorkspaceId, Long> known = Map.of();
    private long staleAt = System.nanoTime();
    private @Nullable CompletableFuture<?> asking;

    MemoryUse(KubernetesClient client, ClusterGate gate, KubernetesSettings settings) {
        this.client = requireNonNull(client, "client is null");
        this.gate = requireNonNull(gate, "gate is null");
        this.settings = requireNonNull(settings, "settings is null");
    }

    OptionalLong of(WorkspaceId id) {
        CompletableFuture<?> answer = refreshing();
        if (answer != null) {
            try {
                answer.get(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                // What was known will do.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        synchronized (this) {
            Long bytes = known.get(id);
            return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes);
        }
    }

    private synchronized @Nullable CompletableFuture<?> refreshing() {
        if (asking == null && System.nanoTime() - staleAt >= 0 && gate.isAnswering()) {
            asking = CompletableFuture.runAsync(
                    this::refresh, work -> Thread.ofVirtual().name("memory use").start(work));
        }
        return asking;
    }

    private void refresh() {
        Map<WorkspaceId, Long> told = new HashMap<>();
        Duration pause = FRESH;
        try {
            List<PodMetrics> metrics =
                    client.top().pods().metrics(settings.namespace()).getItems();
            metrics.forEach(pod -> ObjectNames.workspace(pod.getMetadata().getName())
                    .ifPresent(id -> told.merge(id, bytes(pod), Long::sum)));
        } catch (KubernetesClientException e) {
            pause = AGAIN_WITHOUT_METRICS;
        }
        synchronized (this) {
            known = told;
            staleAt = System.nanoTime() + pause.toNanos();
            asking = null;
        }
    }

    private static long bytes(PodMetrics pod) {
        return pod.getContainers().stream()
                .map(ContainerMetrics::getUsage)
                .map(usage -> usage.get("memory"))
                .filter(Objects::nonNull)
                .mapToLong(quantity -> Quantity.getAmountInBytes(quantity).longValue())
                .sum();
    }
}
