package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.lease.HeldLease;
import io.benchtop.service.lease.LeaseLost;
import io.benchtop.service.lease.Leases;
import io.benchtop.service.spawn.WorkspaceId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on workspaces: each in a virtual thread of its own, one at a time, and only with its lease in the hand. */
final class LeasedWork {

    /** What is done while the lease is held. */
    @FunctionalInterface
    interface Work {

        void with(HeldLease lease);
    }

    private static final Logger LOG = LoggerFactory.getLogger(LeasedWork.class);

    private final Leases leases;
    private final Consumer<WorkspaceId> done;
    private final Set<WorkspaceId> busy = ConcurrentHashMap.newKeySet();
    private final Set<WorkspaceId> held = ConcurrentHashMap.newKeySet();

    /** @param done is told when work ended well; whoever asked for something after its last step found it busy */
    LeasedWork(Leases leases, Consumer<WorkspaceId> done) {
        this.leases = requireNonNull(leases, "leases is null");
        this.done = requireNonNull(done, "done is null");
    }

    /** Whether it is worked on, or tried to. */
    boolean isBusyWith(WorkspaceId id) {
        return busy.contains(id);
    }

    /** Whether it is worked on with its lease. */
    boolean holds(WorkspaceId id) {
        return held.contains(id);
    }

    /** Does nothing while it is worked on already, here or by another replica. */
    void begin(WorkspaceId id, Work work) {
        if (!busy.add(id)) {
            return;
        }
        Thread.ofVirtual().name("workspace " + id).start(() -> {
            boolean worked = false;
            try {
                worked = withLease(id, work);
            } catch (LeaseLost e) {
                LOG.atInfo().addKeyValue("workspace", id).log("leaving a workspace to another replica");
            } catch (RuntimeException e) {
                LOG.atWarn().addKeyValue("workspace", id).setCause(e).log("a step failed; will try again");
            } finally {
                busy.remove(id);
            }
            if (worked) {
                done.accept(id);
            }
        });
    }

    /** False if another replica is at it. */
    private boolean withLease(WorkspaceId id, Work work) {
        Optional<HeldLease> taken = leases.take(id.value());
        if (taken.isEmpty()) {
            return false;
        }
        try (HeldLease lease = taken.get()) {
            held.add(id);
            work.with(lease);
        } finally {
            held.remove(id);
        }
        return true;
    }
}
