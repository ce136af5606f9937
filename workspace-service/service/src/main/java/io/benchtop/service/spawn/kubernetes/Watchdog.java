package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.SpawnerAway;
import io.benchtop.service.spawn.WorkspaceId;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that what we see is the world. Every second it looks whether the watches live; every minute it asks for all pods
 * and compares: a cache that still differs a moment later stands still, although its watch seems to live, and is made anew.
 * Pods that have ended and that nobody has asked about are buried meanwhile, unless they were nobody's: those are discarded.
 */
final class Watchdog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long LOOK_EVERY_MILLIS = 1_000;
    private static final Duration COMPARE_EVERY = Duration.ofSeconds(60);
    private static final long MOMENT_MILLIS = 2_000;

    private final ClusterGate gate;
    private final ServerPods pods;
    private final StartEvents events;
    private final Consumer<Pod> undertaker;
    private final InstantSource clock;
    private final Thread thread;
    private volatile @Nullable Instant compared;
    private volatile boolean closed;

    /** @param undertaker takes away a pod that has ended */
    Watchdog(ClusterGate gate, ServerPods pods, StartEvents events, Consumer<Pod> undertaker, InstantSource clock) {
        this.gate = requireNonNull(gate, "gate is null");
        this.pods = requireNonNull(pods, "pods is null");
        this.events = requireNonNull(events, "events is null");
        this.undertaker = requireNonNull(undertaker, "undertaker is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.thread = Thread.ofVirtual().name("watchdog").unstarted(this::run);
    }

    void begin() {
        thread.start();
    }

    /** Null before the first time. */
    @Nullable
    Instant compared() {
        return compared;
    }

    private void run() {
        long compareAt = System.nanoTime();
        while (!closed) {
            try {
                pods.watched().check(gate.isAnswering());
                events.watched().check(gate.isAnswering());
                // Somebody must ask whether a cluster that is away is back; the gate lets few through.
                boolean due = System.nanoTime() - compareAt >= 0 || !gate.isAnswering();
                if (due && compare()) {
                    compareAt = System.nanoTime() + COMPARE_EVERY.toNanos();
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.atWarn().addKeyValue("cause", e.toString()).log("cannot look after the watches; will try again");
            }
        }
    }

    private boolean compare() throws InterruptedException {
        List<Pod> asked;
        try {
            asked = pods.askAll();
        } catch (SpawnerAway | KubernetesClientException e) {
            return false;
        }
        Map<String, String> truth = ServerPods.versions(asked);
        Map<String, String> before = pods.versions();
        if (!truth.equals(before)) {
            Thread.sleep(MOMENT_MILLIS);
            Map<String, String> after = pods.versions();
            if (standsStill(truth, before, after)) {
                pods.watched().renew("what it shows is not what the cluster has");
            }
        }
        compared = clock.instant();
        asked.stream()
                .filter(pod -> !Labels.isWarm(pod) && PodEnding.of(pod).isPresent())
                .forEach(this::bury);
        return true;
    }

    /** Whether anything differed and has not changed since; what has changed since is being told. */
    static boolean standsStill(Map<String, String> truth, Map<String, String> before, Map<String, String> after) {
        boolean missed = truth.entrySet().stream()
                .anyMatch(pod -> !pod.getValue().equals(before.get(pod.getKey()))
                        && Objects.equals(before.get(pod.getKey()), after.get(pod.getKey())));
        boolean ghost = before.entrySet().stream()
                .anyMatch(pod ->
                        !truth.containsKey(pod.getKey()) && pod.getValue().equals(after.get(pod.getKey())));
        return missed || ghost;
    }

    private void bury(Pod pod) {
        try {
            undertaker.accept(pod);
        } catch (SpawnerAway | KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue(
                            "workspace",
                            Labels.workspace(pod).map(WorkspaceId::value).orElse(""))
                    .addKeyValue("cause", e.getMessage())
                    .log("a pod that has ended could not be taken away; will try again");
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
