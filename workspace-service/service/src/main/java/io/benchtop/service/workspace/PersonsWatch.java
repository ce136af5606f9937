package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.StartPhase;
import io.benchtop.service.spawn.StartWatch;
import java.util.concurrent.TimeUnit;

/** Passes a starting server's log on to whoever watches, and gives the start up when the person changed their mind. */
final class PersonsWatch implements StartWatch {

    private static final long ASK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final WorkspaceRepository workspaces;
    private final WorkspaceEvents events;
    private final Workspace started;
    private long askedAt = System.nanoTime() - ASK_EVERY_NANOS;
    private boolean wanted = true;

    PersonsWatch(WorkspaceRepository workspaces, WorkspaceEvents events, Workspace started) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.events = requireNonNull(events, "events is null");
        this.started = requireNonNull(started, "started is null");
    }

    @Override
    public boolean wanted() {
        if (wanted && System.nanoTime() - askedAt >= ASK_EVERY_NANOS) {
            askedAt = System.nanoTime();
            wanted = workspaces
                    .find(started.id())
                    .filter(now -> now.runs(started.generation()))
                    .isPresent();
        }
        return wanted;
    }

    @Override
    public void phase(StartPhase phase, String detail) {
        if (!detail.isEmpty()) {
            line(detail);
        }
    }

    @Override
    public void line(String line) {
        events.publish(new WorkspaceEvents.Logged(started.id(), line));
    }
}
