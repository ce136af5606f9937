package io.benchtop.proxy.grpc;

import java.util.concurrent.atomic.AtomicLong;

/** What all calls together keep in memory: a call's message stays until it is answered, because it may be sent to another server. */
final class HeldBytes {

    private final long most;
    private final AtomicLong held = new AtomicLong();

    HeldBytes(long most) {
        this.most = most;
    }

    /** A quarter of what Java may have, and one message of the largest size at least. */
    static HeldBytes ofHeap(long largestMessage) {
        return new HeldBytes(Math.max(largestMessage, Runtime.getRuntime().maxMemory() / 4));
    }

    /** False, and nothing is taken, if there is no room. */
    boolean take(long bytes) {
        if (held.addAndGet(bytes) <= most) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    void give(long bytes) {
        held.addAndGet(-bytes);
    }
}
