package io.benchtop.service.lease;

import static java.util.Objects.requireNonNull;

/**
 * A lease in the hand of whoever works. It counts as lost as soon as this process cannot be sure of it: its life has passed,
 * by this machine's own clock, since the renewal that is known to have succeeded was sent. So a process that was frozen or
 * cut off stops before or soon after another one begins, and what it still writes is refused by {@link #confirm}.
 */
public final class HeldLease implements AutoCloseable {

    private final Leases leases;
    private final Lease lease;
    private volatile long certainSinceNanos;
    private volatile boolean lost;

    HeldLease(Leases leases, Lease lease, long certainSinceNanos) {
        this.leases = requireNonNull(leases, "leases is null");
        this.lease = requireNonNull(lease, "lease is null");
        this.certainSinceNanos = certainSinceNanos;
    }

    /** Before anything is done to the world outside: throws {@link LeaseLost} if it must not be done here. */
    public void require() {
        if (lost || System.nanoTime() - certainSinceNanos > leases.life().toNanos()) {
            throw new LeaseLost(lease);
        }
    }

    /** In a transaction that writes: nobody else takes the lease before it ends. Throws {@link LeaseLost} if somebody has. */
    public void confirm() {
        if (!leases.confirms(lease)) {
            lost = true;
            throw new LeaseLost(lease);
        }
    }

    Lease lease() {
        return lease;
    }

    void renewed(long sentAtNanos) {
        certainSinceNanos = sentAtNanos;
    }

    void lose() {
        lost = true;
    }

    /** Gives it back. */
    @Override
    public void close() {
        leases.release(this);
    }
}
