package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.Transactions;
import io.benchtop.service.change.Change;
import io.benchtop.service.change.ChangeLog;
import io.benchtop.service.lease.HeldLease;
import io.benchtop.service.spawn.WorkspaceId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The only way to write workspaces: stores a change together with its audit row and its line in the change log, from which
 * every replica, this one too, hears of it. The log comes last, as it asks for.
 */
final class WorkspaceChanges {

    private final WorkspaceRepository workspaces;
    private final Transactions transactions;
    private final ChangeLog log;

    WorkspaceChanges(WorkspaceRepository workspaces, Transactions transactions, ChangeLog log) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.log = requireNonNull(log, "log is null");
    }

    /**
     * Applies a change.
     *
     * @param change gives the same object if there is nothing to change
     * @param whenChanged runs in the transaction if there was, to write the audit row
     */
    Optional<Workspace> apply(WorkspaceId id, UnaryOperator<Workspace> change, Consumer<Workspace> whenChanged) {
        return transactions.call(() -> applyHere(id, change, whenChanged));
    }

    /** Applies a change for whoever works on the workspace; refused if the lease is lost. */
    Optional<Workspace> apply(
            HeldLease lease, WorkspaceId id, UnaryOperator<Workspace> change, Consumer<Workspace> whenChanged) {
        return transactions.call(() -> {
            lease.confirm();
            return applyHere(id, change, whenChanged);
        });
    }

    private Optional<Workspace> applyHere(
            WorkspaceId id, UnaryOperator<Workspace> change, Consumer<Workspace> whenChanged) {
        boolean[] changed = {false};
        Optional<Workspace> stored = workspaces.change(id, before -> {
            Workspace now = change.apply(before);
            changed[0] = !now.equals(before);
            return now;
        });
        if (changed[0]) {
            stored.ifPresent(whenChanged);
            log.append(Change.Kind.WORKSPACE_CHANGED, id.value(), "");
        }
        return stored;
    }

    /** Runs what makes a new workspace, in a transaction. */
    Workspace create(Supplier<Workspace> creation) {
        return transactions.call(() -> {
            Workspace created = creation.get();
            log.append(Change.Kind.WORKSPACE_CHANGED, created.id().value(), "");
            return created;
        });
    }

    /** Runs what makes the workspace gone, in a transaction; refused if the lease is lost. */
    void remove(HeldLease lease, Workspace workspace, Runnable removal) {
        transactions.run(() -> {
            lease.confirm();
            removal.run();
            log.append(Change.Kind.WORKSPACE_REMOVED, workspace.id().value(), workspace.path());
        });
    }
}
