package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.StartPhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the server of a workspace is doing. A step that is not legal has no method.
 *
 * <pre>
 *   Stopped ─┬─► Queued ─► Starting ─► Running ─► Stopping ─► Stopped
 *   Failed ──┘      │          │          │          └──────► Queued   (asked to start while stopping)
 *                   └──────────┴──────────┴─► Stopping, Failed, Stopped
 *   every state ─► Deleting ─► gone
 * </pre>
 */
public sealed interface WorkspaceState {

    Instant since();

    default Deleting toDeleting(Instant at) {
        return new Deleting(at);
    }

    /** States in which a server may be there and be told to end. */
    sealed interface Active extends WorkspaceState {

        default Stopping toStopping(Instant at, @Nullable Reason because) {
            return new Stopping(at, because);
        }
    }

    /** @param reason null if the person stopped it or never started it */
    record Stopped(Instant since, @Nullable Reason reason) implements WorkspaceState {

        public Stopped {
            requireNonNull(since, "since is null");
        }

        Queued toQueued(Instant at) {
            return new Queued(at);
        }
    }

    record Queued(Instant since) implements Active {

        public Queued {
            requireNonNull(since, "since is null");
        }

        Starting toStarting(Instant at) {
            return new Starting(at, new StartProgress(StartPhase.QUEUED, "", at));
        }
    }

    record Starting(Instant since, StartProgress progress) implements Active {

        public Starting {
            requireNonNull(since, "since is null");
            requireNonNull(progress, "progress is null");
        }

        Starting progressed(StartPhase phase, String detail, Instant at) {
            return new Starting(since, progress.next(phase, detail, at));
        }

        Running toRunning(Instant at) {
            return new Running(at);
        }

        Failed toFailed(Instant at, Reason reason) {
            return new Failed(at, reason);
        }

        Stopped toStopped(Instant at, @Nullable Reason reason) {
            return new Stopped(at, reason);
        }
    }

    /** Answers since this moment. */
    record Running(Instant since) implements Active {

        public Running {
            requireNonNull(since, "since is null");
        }

        Failed toFailed(Instant at, Reason reason) {
            return new Failed(at, reason);
        }

        Stopped toStopped(Instant at, @Nullable Reason reason) {
            return new Stopped(at, reason);
        }
    }

    /** @param because what to say once it has stopped; null if the person asked for it */
    record Stopping(Instant since, @Nullable Reason because) implements WorkspaceState {

        public Stopping {
            requireNonNull(since, "since is null");
        }

        Stopped toStopped(Instant at) {
            return new Stopped(at, because);
        }

        Queued toQueued(Instant at) {
            return new Queued(at);
        }
    }

    /** Stopped with something to tell. */
    record Failed(Instant since, Reason reason) implements WorkspaceState {

        public Failed {
            requireNonNull(since, "since is null");
            requireNonNull(reason, "reason is null");
        }

        Queued toQueued(Instant at) {
            return new Queued(at);
        }
    }

    record Deleting(Instant since) implements WorkspaceState {

        public Deleting {
            requireNonNull(since, "since is null");
        }
    }
}
