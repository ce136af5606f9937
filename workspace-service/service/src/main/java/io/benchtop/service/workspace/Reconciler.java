package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the world match what is wanted.
 *
 * <p>One thread looks at everything: whenever somebody wakes it, and every few seconds. It compares each workspace with
 * what the spawner sees and hands those with something to do to a virtual thread of their own, at most one for each
 * workspace. That thread takes one step after the other ({@link Action#decide}, {@link Steps}) until there is none left.
 * Nothing is remembered between two looks, so each of them is a full resync, and a service that was killed anywhere goes
 * on where it was. Servers that belong to no workspace are ended.
 */
public final class Reconciler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final int MAX_STEPS = 20;

    private final WorkspaceRepository workspaces;
    private final Spawner spawner;
    private final Steps steps;
    private final Duration lookEvery;
    private final Set<WorkspaceId> busy = ConcurrentHashMap.newKeySet();
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    Reconciler(WorkspaceRepository workspaces, Spawner spawner, Steps steps, Duration lookEvery) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.spawner = requireNonNull(spawner, "spawner is null");
        this.steps = requireNonNull(steps, "steps is null");
        this.lookEvery = requireNonNull(lookEvery, "lookEvery is null");
        this.thread = Thread.ofPlatform().name("reconciler").daemon().unstarted(this::run);
    }

    /** Begins to look; the first look adopts what runs. */
    public void begin() {
        thread.start();
    }

    /** Something is wanted: look now. */
    void wake() {
        wakeUps.release();
    }

    /** Ends looking. Servers are left as they are. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        while (!closed) {
            try {
                look();
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("cannot compare workspaces with servers; will try again");
            }
            try {
                if (wakeUps.tryAcquire(lookEvery.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakeUps.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Servers are listed before workspaces: what is listed and then belongs to none will never belong to one. */
    private void look() {
        Map<WorkspaceId, Alive> live = spawner.list();
        List<Workspace> known = workspaces.list();
        Set<WorkspaceId> orphans = new HashSet<>(live.keySet());
        for (Workspace workspace : known) {
            orphans.remove(workspace.id());
            if (!busy.contains(workspace.id())) {
                look(workspace, live.get(workspace.id()));
            }
        }
        for (WorkspaceId orphan : orphans) {
            LOG.atWarn().addKeyValue("workspace", orphan).log("ending a server that belongs to no workspace");
            inBackground(orphan, () -> spawner.stop(orphan));
        }
    }

    private void look(Workspace workspace, @Nullable Alive live) {
        boolean settled = workspace.state() instanceof Stopped || workspace.state() instanceof Failed;
        ServerStatus observed = live != null ? live : settled ? new Absent() : spawner.poll(workspace.id());
        if (!(Action.decide(workspace, observed) instanceof Action.Nothing)) {
            inBackground(workspace.id(), () -> settle(workspace.id()));
        } else if (workspace.state() instanceof Running) {
            spawner.renewToken(workspace.id(), workspace.generation(), workspace.owner());
        }
    }

    private void inBackground(WorkspaceId id, Runnable work) {
        if (!busy.add(id)) {
            return;
        }
        Thread.ofVirtual().name("workspace " + id).start(() -> {
            boolean done = false;
            try {
                work.run();
                done = true;
            } catch (RuntimeException e) {
                LOG.atError().addKeyValue("workspace", id).setCause(e).log("a step failed; will try again");
            } finally {
                busy.remove(id);
            }
            if (done) {
                // Whoever asked for something after the last step found this workspace busy.
                wake();
            }
        });
    }

    private void settle(WorkspaceId id) {
        for (int step = 0; step < MAX_STEPS && !closed; step++) {
            Workspace workspace = workspaces.find(id).orElse(null);
            if (workspace == null) {
                return;
            }
            Action action = Action.decide(workspace, spawner.poll(id));
            if (action instanceof Action.Nothing) {
                return;
            }
            steps.take(workspace, action);
        }
    }
}
