package io.benchtop.modelserver.rest;

import io.benchtop.modelserver.engine.ServerState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts requests that are being answered, so that the end can wait for them. */
final class Drain {

    private static final int STEP_MILLIS = 20;

    /** A client may have sent a request just before it heard that this is the end. */
    private static final int QUIET_STEPS = 15;

    private final ServerState state;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();

    Drain(ServerState state) {
        this.state = state;
    }

    void began() {
        running.incrementAndGet();
        begun.incrementAndGet();
    }

    void ended() {
        running.decrementAndGet();
    }

    boolean isEnding() {
        return state.isEnding();
    }

    /** Returns once nothing has run for a while, or after the limit. */
    void await(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        int quiet = 0;
        int seen = begun.get();
        while (quiet < QUIET_STEPS && System.nanoTime() < end) {
            Thread.sleep(STEP_MILLIS);
            int now = begun.get();
            quiet = running.get() == 0 && now == seen ? quiet + 1 : 0;
            seen = now;
        }
    }
}
