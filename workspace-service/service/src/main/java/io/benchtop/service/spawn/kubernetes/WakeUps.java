package io.benchtop.service.spawn.kubernetes;

import io.benchtop.service.spawn.WorkspaceId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes whoever waits for something to change about a workspace's pods. */
final class WakeUps {

    private final Map<WorkspaceId, Set<Waiter>> waiters = new ConcurrentHashMap<>();

    /** From now on; close it at the end. */
    Waiter waiter(WorkspaceId id) {
        Waiter waiter = new Waiter(id);
        waiters.compute(id, (_, some) -> {
            Set<Waiter> all = some == null ? ConcurrentHashMap.newKeySet() : some;
            all.add(waiter);
            return all;
        });
        return waiter;
    }

    void wake(WorkspaceId id) {
        waiters.getOrDefault(id, Set.of()).forEach(waiter -> waiter.changes.release());
    }

    final class Waiter implements AutoCloseable {

        private final WorkspaceId id;
        private final Semaphore changes = new Semaphore(0);

        private Waiter(WorkspaceId id) {
            this.id = id;
        }

        /** Returns at the next change or after this time; changes since the last call count. */
        void await(long millis) throws InterruptedException {
            if (changes.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                changes.drainPermits();
            }
        }

        @Override
        public void close() {
            waiters.computeIfPresent(id, (_, some) -> {
                some.remove(this);
                return some.isEmpty() ? null : some;
            });
        }
    }
}
