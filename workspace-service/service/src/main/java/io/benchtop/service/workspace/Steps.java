package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.lease.HeldLease;
import io.benchtop.service.lease.LeaseLost;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.profile.ProfileChoice;
import io.benchtop.service.profile.ProfileOffers;
import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.Failpoint;
import io.benchtop.service.spawn.Homes;
import io.benchtop.service.spawn.ServerEnding;
import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.spawn.StartOutcome;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the steps that were decided, for whoever holds the workspace's lease. Each may be cut off anywhere and be taken again,
 * here or by another replica; what is written by one that lost the lease is refused.
 */
final class Steps {

    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

    private static final long ASK_EVERY_MILLIS = 250;

    private final WorkspaceRepository workspaces;
    private final WorkspaceChanges changes;
    private final WorkspaceEvents events;
    private final SpawnMeter meter;
    private final ProfileOffers profiles;
    private final Spawner spawner;
    private final Homes homes;
    private final AuditTrail audit;
    private final Failpoint failpoint;
    private final InstantSource clock;
    private final Semaphore starts;

    /** @param concurrentStarts how many servers this replica may start at the same time; the others wait in the order they came */
    Steps(
            WorkspaceRepository workspaces,
            WorkspaceChanges changes,
            WorkspaceEvents events,
            SpawnMeter meter,
            ProfileOffers profiles,
            Spawner spawner,
            Homes homes,
            AuditTrail audit,
            Failpoint failpoint,
            InstantSource clock,
            int concurrentStarts) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.changes = requireNonNull(changes, "changes is null");
        this.events = requireNonNull(events, "events is null");
        this.meter = requireNonNull(meter, "meter is null");
        this.profiles = requireNonNull(profiles, "profiles is null");
        this.spawner = requireNonNull(spawner, "spawner is null");
        this.homes = requireNonNull(homes, "homes is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.failpoint = requireNonNull(failpoint, "failpoint is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.starts = new Semaphore(concurrentStarts, true);
    }

    void take(Workspace workspace, Action action, HeldLease lease) {
        lease.require();
        switch (action) {
            case Action.Nothing _ -> {}
            case Action.Start _ -> start(workspace, lease);
            case Action.Stop _ -> spawner.stop(workspace.id());
            case Action.RecordStopped _ -> recordStopped(workspace, lease);
            case Action.RecordEnded(ServerEnding ending) -> {
                // Whoever took the server away did not know what belongs to it.
                spawner.stop(workspace.id());
                recordEnded(workspace, ending, lease);
            }
            case Action.Remove _ -> remove(workspace, lease);
        }
    }

    private void start(Workspace queued, HeldLease lease) {
        try (PersonsWatch watch = new PersonsWatch(changes, events, meter, clock, lease, queued)) {
            if (turnCame(watch)) {
                try {
                    start(queued, watch, lease);
                } finally {
                    starts.release();
                }
            }
        }
    }

    private void start(Workspace queued, PersonsWatch watch, HeldLease lease) {
        Workspace starting = changes.apply(lease, queued.id(), now -> now.starting(clock.instant()), _ -> {})
                .filter(now -> now.runs(queued.generation()))
                .orElse(null);
        if (starting != null) {
            failpoint.reach("starting-written");
            record(starting, spawned(starting, watch), lease);
        }
    }

    /** Waits for a free place, but not for a start that nobody wants any more. */
    private boolean turnCame(PersonsWatch watch) {
        try {
            while (!starts.tryAcquire(ASK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                if (!watch.wanted()) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private StartOutcome spawned(Workspace workspace, PersonsWatch watch) {
        SpawnRequest request;
        try {
            request = request(workspace);
        } catch (ProblemException refused) {
            return new StartOutcome.Failed(new ServerEnding(EndingCode.REFUSED, refused.detail(), List.of()));
        }
        try {
            return spawner.start(request, watch);
        } catch (LeaseLost e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("workspace", workspace.id()).setCause(e).log("a start failed unexpectedly");
            return new StartOutcome.Failed(new ServerEnding(
                    EndingCode.EXITED,
                    "The server could not be started for a reason that Benchtop did not expect (" + e.getMessage()
                            + "). Start it again; if that does not help, the service's log tells more.",
                    List.of()));
        }
    }

    /** What the database does not tell now is no failure of the start; it is asked again. */
    private SpawnRequest request(Workspace workspace) {
        ProfileChoice choice = workspace.profile();
        return new SpawnRequest(
                workspace.id(),
                workspace.generation(),
                workspace.owner(),
                workspace.slug(),
                profiles.spec(choice),
                profiles.startTimeout(choice));
    }

    private void record(Workspace workspace, StartOutcome outcome, HeldLease lease) {
        switch (outcome) {
            case StartOutcome.Started _ -> {
                failpoint.reach("server-ready");
                changes.apply(
                        lease,
                        workspace.id(),
                        now -> now.started(workspace.generation(), clock.instant()),
                        now -> tell(now, "workspace.started", "generation " + now.generation()));
                failpoint.reach("running-written");
            }
            case StartOutcome.Failed(ServerEnding ending) -> recordEnded(workspace, ending, lease);
            case StartOutcome.Cancelled _ -> {}
        }
    }

    private void recordStopped(Workspace workspace, HeldLease lease) {
        changes.apply(
                lease,
                workspace.id(),
                now -> now.stopped(clock.instant()),
                now -> tell(now, "workspace.stopped", "generation " + workspace.generation()));
    }

    private void recordEnded(Workspace workspace, ServerEnding ending, HeldLease lease) {
        changes.apply(
                lease,
                workspace.id(),
                now -> now.ended(workspace.generation(), ending, clock.instant()),
                now -> tell(now, "workspace.ended", ending.code() + ": " + ending.sentence()));
    }

    /** The slug is given back only when no file goes by it any more. */
    private void remove(Workspace workspace, HeldLease lease) {
        boolean keep = workspace.desired() == DesiredState.DELETED_KEEPING_FILES;
        if (keep) {
            homes.keep(workspace.owner(), workspace.slug(), workspace.id());
        } else {
            homes.delete(workspace.owner(), workspace.slug(), workspace.id());
        }
        failpoint.reach("files-gone");
        lease.require();
        spawner.forget(workspace.id());
        changes.remove(lease, workspace, () -> {
            if (keep) {
                workspaces.retire(workspace.id());
            } else {
                workspaces.remove(workspace.id());
            }
            tell(workspace, "workspace.deleted", keep ? "files kept" : "files deleted");
        });
    }

    private void tell(Workspace workspace, String action, String detail) {
        audit.done(AuditTrail.SYSTEM, "", action, "workspace/" + workspace.id(), detail);
    }
}
