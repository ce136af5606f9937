package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.kubernetes.Sentences;
import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.ServerEnding;
import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.SpawnerAway;
import io.benchtop.service.spawn.StartOutcome;
import io.benchtop.service.spawn.StartOutcome.Cancelled;
import io.benchtop.service.spawn.StartOutcome.Failed;
import io.benchtop.service.spawn.StartOutcome.Started;
import io.benchtop.service.spawn.StartPhase;
import io.benchtop.service.spawn.StartWatch;
import io.benchtop.service.spawn.kubernetes.StartDecision.GiveUp;
import io.benchtop.service.spawn.kubernetes.StartDecision.KeepWaiting;
import io.benchtop.service.spawn.kubernetes.StartDecision.Ready;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One start from the order to the first answer.
 *
 * <pre>
 *   make or adopt ──► wait for a change of the pod or an event about it ──► decide ─► Started
 *        ▲  │              ▲                                                  │ │
 *        └──┘              └──────────────── keep waiting ◄───────────────────┘ ├─► end it ─► Failed
 *   while the cluster                                                           └─► end it ─► Cancelled
 *   does not answer
 * </pre>
 *
 * Nothing is polled: the pod and the events come from watches. Only a pod that the cache does not have is asked for.
 */
final class KubernetesStart {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesStart.class);
    private static final long ASK_EVERY_MILLIS = 200;
    private static final Duration LOOK_FOR_UNSEEN_EVERY = Duration.ofSeconds(2);

    private final Parts parts;
    private final SpawnRequest request;
    private final StartWatch watch;
    private final StartProgress progress;

    /** What a start acts with. */
    record Parts(
            ClusterGate gate,
            KubernetesSettings settings,
            ServerPods pods,
            StartEvents events,
            ServerObjects objects,
            PodEnder ender,
            ServerLog log,
            FreeRoom room,
            WakeUps wakeUps,
            IdentityKeys keys) {}

    KubernetesStart(Parts parts, SpawnRequest request, StartWatch watch) {
        this.parts = requireNonNull(parts, "parts is null");
        this.request = requireNonNull(request, "request is null");
        this.watch = requireNonNull(watch, "watch is null");
        this.progress = new StartProgress(watch);
    }

    StartOutcome run() {
        String name = ObjectNames.server(request);
        try (WakeUps.Waiter changes = parts.wakeUps().waiter(request.id());
                StartEvents.Listener events =
                        parts.events().listen(request.id(), name, ObjectNames.home(request.id()))) {
            Pod pod = made(changes);
            return pod == null ? new Cancelled() : await(pod, events, changes);
        } catch (NotOurs e) {
            return new Failed(new ServerEnding(EndingCode.REFUSED, String.valueOf(e.getMessage()), List.of()));
        } catch (HomeUnusable e) {
            return new Failed(new ServerEnding(EndingCode.VOLUME_UNAVAILABLE, e.sentence(), List.of()));
        } catch (KubernetesClientException e) {
            removeAll();
            return new Failed(refused(e));
        } catch (InterruptedException e) {
            // The service goes down; pods stay, and the next service takes this start up again.
            Thread.currentThread().interrupt();
            return new Cancelled();
        }
    }

    /** Null if it is not wanted any more. */
    private @Nullable Pod made(WakeUps.Waiter changes) throws InterruptedException {
        while (watch.wanted()) {
            try {
                return parts.objects().make(request);
            } catch (SpawnerAway e) {
                progress.tell(StartPhase.QUEUED, e.sentence());
                changes.await(ASK_EVERY_MILLIS);
            }
        }
        removeAll();
        return null;
    }

    private StartOutcome await(Pod made, StartEvents.Listener events, WakeUps.Waiter changes)
            throws InterruptedException {
        StartDecision decision =
                StartDecision.begin(request.startTimeoutOr(parts.settings().startTimeout()));
        Sight sight = new Sight(parts.pods(), made);
        long before = System.nanoTime();
        try (LogPassing log = new LogPassing(parts.log(), watch)) {
            while (true) {
                if (!watch.wanted()) {
                    removeAll();
                    return new Cancelled();
                }
                long now = System.nanoTime();
                Duration passed = parts.gate().isAnswering() ? Duration.ofNanos(now - before) : Duration.ZERO;
                before = now;
                Pod pod = sight.look();
                if (pod == null) {
                    removeAll();
                    return new Failed(gone());
                }
                log.pass(pod);
                decision = decision.after(PodDiagnosis.of(pod, events.seen()), passed);
                switch (decision.verdict()) {
                    case Ready _ -> {
                        log.passRest(pod);
                        progress.ready();
                        return new Started(Pods.alive(pod, parts.keys().of(request.id(), request.generation())));
                    }
                    case GiveUp(EndingCode code, String sentence) -> {
                        return failed(pod, code, sentence);
                    }
                    case KeepWaiting(StartPhase phase, String sentence) -> tell(phase, sentence);
                }
                changes.await(ASK_EVERY_MILLIS);
            }
        }
    }

    private void tell(StartPhase phase, String sentence) {
        String outage = parts.gate().sentence();
        progress.tell(phase, outage.isEmpty() ? sentence : outage);
    }

    private StartOutcome failed(Pod pod, EndingCode code, String sentence) {
        List<String> tail = code == EndingCode.UNSCHEDULABLE ? List.of() : tail(pod);
        String more = code == EndingCode.UNSCHEDULABLE ? parts.room().sentence(pod) : "";
        removeAll();
        return new Failed(new ServerEnding(code, more.isEmpty() ? sentence : sentence + " " + more, tail));
    }

    private List<String> tail(Pod pod) {
        try {
            return parts.log().tail(pod, ServerLog.TAIL_LINES);
        } catch (SpawnerAway e) {
            return List.of();
        }
    }

    /** If the cluster goes away now, the pod is left for the next look, which ends what nobody wants. */
    private void removeAll() {
        try {
            parts.pods().ask(request.id()).forEach(parts.ender()::end);
            parts.objects().removeSecrets(request.id());
        } catch (SpawnerAway | KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("workspace", request.id())
                    .addKeyValue("cause", e.getMessage())
                    .log("what is left of a start is removed later");
        }
    }

    private ServerEnding gone() {
        return new ServerEnding(
                EndingCode.EXITED,
                "Its pod was deleted in the cluster before it answered, not through Benchtop. Start it again.",
                List.of());
    }

    private static ServerEnding refused(KubernetesClientException e) {
        String status = e.getStatus() == null ? null : e.getStatus().getMessage();
        String said = status == null ? e.getMessage() : status;
        return new ServerEnding(
                EndingCode.REFUSED,
                "The cluster refuses to run the server: " + Sentences.of(said)
                        + " Choose another profile, or ask an administrator.",
                List.of());
    }

    /** The pod as it was last seen, from the cache if it is there, else asked for every now and then. */
    private static final class Sight {

        private final ServerPods pods;
        private Pod last;
        private long askAt = System.nanoTime() + LOOK_FOR_UNSEEN_EVERY.toNanos();

        Sight(ServerPods pods, Pod made) {
            this.pods = pods;
            this.last = made;
        }

        /** Null if it is gone. */
        @Nullable
        Pod look() {
            Pod seen = pods.seen(last);
            if (seen != null) {
                last = seen;
                return seen;
            }
            if (System.nanoTime() - askAt < 0) {
                return last;
            }
            askAt = System.nanoTime() + LOOK_FOR_UNSEEN_EVERY.toNanos();
            try {
                Pod asked = pods.ask(last);
                last = asked == null ? last : asked;
                return asked;
            } catch (SpawnerAway e) {
                return last;
            }
        }
    }
}
