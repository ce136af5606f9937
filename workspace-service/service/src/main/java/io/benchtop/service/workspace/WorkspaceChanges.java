package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.Transactions;
import io.benchtop.service.spawn.WorkspaceId;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The only way to write workspaces: stores a change together with its audit row, and tells of it once that is certain. One
 * change at a time in this process, so that events come in the order of the changes.
 */
final class WorkspaceChanges {

    private final WorkspaceRepository workspaces;
    private final Transactions transactions;
    private final WorkspaceEvents events;
    private final ReentrantLock turn = new ReentrantLock();

    WorkspaceChanges(WorkspaceRepository workspaces, Transactions transactions, WorkspaceEvents events) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.events = requireNonNull(events, "events is null");
    }

    /**
     * Applies a change.
     *
     * @param change gives the same object if there is nothing to change
     * @param whenChanged runs in the transaction if there was, to write the audit row
     */
    Optional<Workspace> apply(WorkspaceId id, UnaryOperator<Workspace> change, Consumer<Workspace> whenChanged) {
        turn.lock();
        try {
            boolean[] changed = {false};
            Optional<Workspace> after = transactions.call(() -> {
                Optional<Workspace> stored = workspaces.change(id, before -> {
                    Workspace now = change.apply(before);
                    changed[0] = !now.equals(before);
                    return now;
                });
                if (changed[0]) {
                    stored.ifPresent(whenChanged);
                }
                return stored;
            });
            if (changed[0]) {
                after.map(WorkspaceEvents.Changed::new).ifPresent(events::publish);
            }
            return after;
        } finally {
            turn.unlock();
        }
    }

    /** Runs what makes a new workspace, in a transaction. */
    Workspace create(Supplier<Workspace> creation) {
        turn.lock();
        try {
            Workspace created = transactions.call(creation);
            events.publish(new WorkspaceEvents.Changed(created));
            return created;
        } finally {
            turn.unlock();
        }
    }

    /** Runs what makes the workspace gone, in a transaction. */
    void remove(Workspace workspace, Runnable removal) {
        turn.lock();
        try {
            transactions.run(removal);
            events.publish(new WorkspaceEvents.Removed(workspace));
        } finally {
            turn.unlock();
        }
    }
}
