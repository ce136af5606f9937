package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.WorkspaceId;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends pods: asked first, which gives JupyterLab its grace period, then without asking, so that a node that is gone cannot
 * hold a name for ever. How it ended is written down before the pod goes and takes its log along.
 */
final class PodEnder {

    private static final Duration POLITE = Duration.ofSeconds(PodFactory.GRACE_SECONDS + 5L);
    private static final Duration FORCED = Duration.ofSeconds(10);
    private static final long LOOK_EVERY_MILLIS = 250;
    private static final Duration ASK_EVERY = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final ClusterGate gate;
    private final KubernetesSettings settings;
    private final ServerPods pods;
    private final ServerLog log;
    private final EndingRecords endings;
    private final WakeUps wakeUps;

    PodEnder(
            KubernetesClient client,
            ClusterGate gate,
            KubernetesSettings settings,
            ServerPods pods,
            ServerLog log,
            EndingRecords endings,
            WakeUps wakeUps) {
        this.client = requireNonNull(client, "client is null");
        this.gate = requireNonNull(gate, "gate is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.pods = requireNonNull(pods, "pods is null");
        this.log = requireNonNull(log, "log is null");
        this.endings = requireNonNull(endings, "endings is null");
        this.wakeUps = requireNonNull(wakeUps, "wakeUps is null");
    }

    /** Writes down how it ended, by itself or now because it was told to, and ends it. */
    void stop(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() == null || !isRecorded(pod)) {
            PodEnding ending = PodEnding.of(pod).orElse(new PodEnding(EndingCode.STOPPED, "Stopped."));
            record(pod, ending, log.tail(pod, ServerLog.MAX_LINES));
        }
        end(pod);
    }

    /** Writes down how a pod ended by itself and takes it away, without waiting for that. */
    void bury(Pod pod, PodEnding ending) {
        if (!isRecorded(pod)) {
            List<String> tail = log.tail(pod, ServerLog.MAX_LINES);
            // It was seen a while ago: by now its workspace may be deleted, and nothing is kept about that.
            if (pods.ask(pod) != null) {
                record(pod, ending, tail);
            }
        }
        if (pod.getMetadata().getDeletionTimestamp() == null) {
            delete(pod, null);
        }
        deleteSecret(pod);
    }

    private boolean isRecorded(Pod pod) {
        return Labels.workspace(pod)
                .flatMap(endings::find)
                .filter(ended -> ended.generation() >= Labels.generation(pod))
                .isPresent();
    }

    private void record(Pod pod, PodEnding ending, List<String> tail) {
        Labels.workspace(pod)
                .ifPresent(id -> endings.write(id, Labels.generation(pod), ending.code(), ending.sentence(), tail));
    }

    /** Returns when pod and Secret are gone. */
    void end(Pod pod) {
        delete(pod, null);
        if (!isGone(pod, POLITE)) {
            delete(pod, 0L);
            if (!isGone(pod, FORCED)) {
                throw new IllegalStateException("the pod " + pod.getMetadata().getName() + " cannot be deleted");
            }
        }
        deleteSecret(pod);
    }

    private void delete(Pod pod, @Nullable Long graceSeconds) {
        tolerant(() -> {
            var named = client.pods()
                    .inNamespace(settings.namespace())
                    .withName(pod.getMetadata().getName());
            return graceSeconds == null
                    ? named.withPropagationPolicy(DeletionPropagation.BACKGROUND)
                            .delete()
                    : named.withGracePeriod(graceSeconds).delete();
        });
    }

    private void deleteSecret(Pod pod) {
        tolerant(() -> client.secrets()
                .inNamespace(settings.namespace())
                .withName(pod.getMetadata().getName())
                .delete());
    }

    private void tolerant(Supplier<?> deletion) {
        gate.attempt(deletion, ClusterGate.IS_DONE);
    }

    private boolean isGone(Pod pod, Duration patience) {
        WorkspaceId id = Labels.workspace(pod).orElseThrow();
        long deadline = System.nanoTime() + patience.toNanos();
        long askAt = System.nanoTime() + ASK_EVERY.toNanos();
        try (WakeUps.Waiter waiter = wakeUps.waiter(id)) {
            while (System.nanoTime() - deadline < 0) {
                boolean seen = pods.watched().isSynced() && pods.seen(pod) != null;
                if (!seen || System.nanoTime() - askAt > 0) {
                    // The cache may be behind in either direction; that it is gone is told by the cluster itself.
                    if (pods.ask(pod) == null) {
                        return true;
                    }
                    askAt = System.nanoTime() + ASK_EVERY.toNanos();
                }
                waiter.await(LOOK_EVERY_MILLIS);
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a pod ends", e);
        }
    }
}
