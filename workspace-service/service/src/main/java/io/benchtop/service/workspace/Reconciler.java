package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.lease.HeldLease;
import io.benchtop.service.lease.Leases;
import io.benchtop.service.problem.Outage;
import io.benchtop.service.spawn.ServerStatus;
import io.benchtop.service.spawn.ServerStatus.Absent;
import io.benchtop.service.spawn.ServerStatus.Alive;
import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.workspace.WorkspaceState.Failed;
import io.benchtop.service.workspace.WorkspaceState.Running;
import io.benchtop.service.workspace.WorkspaceState.Stopped;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the world match what is wanted, together with the reconcilers of other replicas.
 *
 * <p>One thread looks: at a workspace whenever it changed anywhere, at what another replica began and does not go on with
 * every second, and at everything every few seconds. It compares what is wanted with what the spawner sees and hands a
 * workspace with something to do to a virtual thread of its own. That thread takes the workspace's lease, and then one step
 * after the other ({@link Action#decide}, {@link Steps}) until there is none left; without the lease it does nothing.
 * Nothing is remembered between two looks, so each is a full resync, and where a replica was killed, froze or was cut off,
 * another goes on. Servers that belong to no workspace are ended.
 */
public final class Reconciler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final long LOOK_FOR_LAPSED_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MAX_STEPS = 20;

    private final WorkspaceRepository workspaces;
    private final Spawner spawner;
    private final Steps steps;
    private final Leases leases;
    private final Duration lookEvery;
    private final Doubts doubts = new Doubts();
    private final LeasedWork work;
    private final BlockingQueue<WorkspaceId> asked = new LinkedBlockingQueue<>();
    private final Outage everything = new Outage(LOG, "comparing workspaces with servers");
    private final Outage lapsed = new Outage(LOG, "looking for what other replicas left");
    private final Outage single = new Outage(LOG, "looking at a workspace that changed");
    private final Thread thread;
    private volatile boolean closed;

    Reconciler(WorkspaceRepository workspaces, Spawner spawner, Steps steps, Leases leases, Duration lookEvery) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.spawner = requireNonNull(spawner, "spawner is null");
        this.steps = requireNonNull(steps, "steps is null");
        this.leases = requireNonNull(leases, "leases is null");
        this.work = new LeasedWork(leases, this::wake);
        this.lookEvery = requireNonNull(lookEvery, "lookEvery is null");
        this.thread = Thread.ofPlatform().name("reconciler").daemon().unstarted(this::run);
    }

    /** Begins to look; the first look adopts what runs. */
    public void begin() {
        thread.start();
    }

    /** Something is wanted: look at this one now. */
    void wake(WorkspaceId id) {
        asked.add(id);
    }

    /** Whether this replica is at work on it. */
    boolean worksOn(WorkspaceId id) {
        return work.holds(id);
    }

    /** Ends looking. Servers are left as they are. */
    @Override
    public void close() {
        closed = true;
    }

    private void run() {
        long everythingAt = System.nanoTime();
        long lapsedAt = everythingAt;
        while (!closed) {
            long now = System.nanoTime();
            if (now - everythingAt >= 0) {
                everythingAt = now + lookEvery.toNanos();
                attempt(everything, this::lookAtEverything);
            }
            if (now - lapsedAt >= 0) {
                lapsedAt = now + LOOK_FOR_LAPSED_NANOS;
                attempt(lapsed, this::takeUpWhatLapsed);
            }
            try {
                long wait = Math.min(everythingAt, lapsedAt) - System.nanoTime();
                WorkspaceId id = asked.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
                if (id != null) {
                    attempt(single, () -> lookAt(id));
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** What fails now is done again by a later look. */
    private void attempt(Outage outage, Runnable look) {
        try {
            look.run();
            outage.over();
        } catch (RuntimeException e) {
            if (!closed) {
                outage.goesOn(e);
            }
        }
    }

    /** Servers are listed before workspaces: what is listed and then belongs to none will never belong to one. */
    private void lookAtEverything() {
        Map<WorkspaceId, Alive> live = spawner.list();
        List<Workspace> known = workspaces.list();
        Set<WorkspaceId> orphans = new HashSet<>(live.keySet());
        for (Workspace workspace : known) {
            orphans.remove(workspace.id());
            if (!work.isBusyWith(workspace.id())) {
                look(workspace, live.get(workspace.id()));
            }
        }
        for (WorkspaceId orphan : orphans) {
            work.begin(orphan, lease -> endOrphan(orphan, lease));
        }
    }

    private void endOrphan(WorkspaceId orphan, HeldLease lease) {
        if (workspaces.find(orphan).isEmpty() && spawner.poll(orphan) instanceof Alive) {
            LOG.atWarn().addKeyValue("workspace", orphan).log("ending a server that belongs to no workspace");
            lease.require();
            spawner.stop(orphan);
            // Nobody will ever ask how it ended.
            spawner.forget(orphan);
        }
    }

    private void takeUpWhatLapsed() {
        for (String name : leases.lapsed()) {
            WorkspaceId.find(name).ifPresent(id -> work.begin(id, lease -> settle(id, lease)));
        }
    }

    private void lookAt(WorkspaceId id) {
        if (!work.isBusyWith(id)) {
            workspaces.find(id).ifPresent(workspace -> look(workspace, null));
        }
    }

    private void look(Workspace workspace, @Nullable Alive live) {
        boolean settled = workspace.state() instanceof Stopped || workspace.state() instanceof Failed;
        ServerStatus observed = live != null ? live : settled ? new Absent() : spawner.poll(workspace.id());
        if (hasWork(workspace, observed)) {
            work.begin(workspace.id(), lease -> settle(workspace.id(), lease));
        } else if (workspace.state() instanceof Running && live != null) {
            spawner.renewToken(workspace.id(), workspace.generation(), workspace.owner());
        }
    }

    private boolean hasWork(Workspace workspace, ServerStatus observed) {
        return !(Action.decide(workspace, observed) instanceof Action.Nothing)
                && !doubts.isDoubtful(workspace, observed);
    }

    private void settle(WorkspaceId id, HeldLease lease) {
        for (int step = 0; step < MAX_STEPS && !closed; step++) {
            Workspace workspace = workspaces.find(id).orElse(null);
            if (workspace == null) {
                return;
            }
            ServerStatus observed = spawner.poll(id);
            if (!hasWork(workspace, observed)) {
                return;
            }
            steps.take(workspace, Action.decide(workspace, observed), lease);
        }
    }
}
