package io.benchtop.proxy.auth;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bad signatures one address may make us check: a burst, then a slow refill. Successful checks cost nothing,
 * so people behind one address are not locked out by each other's sessions, only by forgeries.
 */
final class FailureLimit {

    private static final int BURST = 50;
    private static final long REFILL_MILLIS = 200;
    private static final int ADDRESSES = 4096;

    private final BoundedCache<InetAddress, AtomicLong> debts = new BoundedCache<>(ADDRESSES);

    /** Whether another check may be spent on this address. */
    boolean allows(InetAddress address, long nowMillis) {
        AtomicLong paidAt = debts.get(address);
        return paidAt == null || paidAt.get() - nowMillis < BURST * REFILL_MILLIS;
    }

    /** Notes one bad signature: each moves the moment at which all is forgiven. */
    void failed(InetAddress address, long nowMillis) {
        AtomicLong paidAt = debts.get(address);
        if (paidAt == null) {
            debts.put(address, new AtomicLong(nowMillis + REFILL_MILLIS));
        } else {
            paidAt.updateAndGet(until -> Math.max(until, nowMillis) + REFILL_MILLIS);
        }
    }
}
