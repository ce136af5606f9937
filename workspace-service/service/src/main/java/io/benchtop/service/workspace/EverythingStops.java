package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.workspace.WorkspaceState.Deleting;
import io.benchtop.service.workspace.WorkspaceState.Failed;
import io.benchtop.service.workspace.WorkspaceState.Stopped;
import java.time.Duration;
import java.time.InstantSource;

/** The graceful end of local mode: stops every server and says so afterwards. */
public final class EverythingStops {

    private static final Reason REASON = Reason.of("BENCHTOP_STOPPED", "Benchtop was stopped.");
    private static final long LOOK_EVERY_MILLIS = 50;

    private final WorkspaceRepository workspaces;
    private final WorkspaceChanges changes;
    private final Reconciler reconciler;
    private final AuditTrail audit;
    private final InstantSource clock;

    EverythingStops(
            WorkspaceRepository workspaces,
            WorkspaceChanges changes,
            Reconciler reconciler,
            AuditTrail audit,
            InstantSource clock) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.changes = requireNonNull(changes, "changes is null");
        this.reconciler = requireNonNull(reconciler, "reconciler is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Returns how many are still not stopped when the time is over. */
    public int stopAll(Duration patience) {
        for (Workspace workspace : workspaces.list()) {
            changes.apply(
                    workspace.id(),
                    now -> now.stopAsked(clock.instant(), REASON),
                    now -> audit.done(
                            AuditTrail.SYSTEM, "", "workspace.stop", "workspace/" + now.id(), REASON.message()));
            reconciler.wake(workspace.id());
        }
        long deadline = System.nanoTime() + patience.toNanos();
        int left = active();
        while (left > 0 && System.nanoTime() < deadline) {
            pause();
            left = active();
        }
        return left;
    }

    private int active() {
        return (int) workspaces.list().stream()
                .filter(workspace -> !(workspace.state() instanceof Stopped
                        || workspace.state() instanceof Failed
                        || workspace.state() instanceof Deleting))
                .count();
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while servers stop", e);
        }
    }
}
