package io.benchtop.modelserver.engine;

import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * How much runs and waits.
 *
 * @param threads workers of all versions together
 * @param queue how many requests may wait for a version; empty bounds how long they wait, too
 * @param batchRows most rows of one run; 1 for no batches
 */
public record EngineConfig(int threads, OptionalInt queue, int batchRows) {

    private static final int MOST_WAITING = 512;
    private static final int WAITING_PER_WORKER = 16;
    /** A small burst is no overload, however few the workers are. */
    private static final int LEAST_WAITING = 32;

    private static final long SHORT_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    public EngineConfig {
        if (threads < 1 || batchRows < 1 || queue.orElse(1) < 1) {
            throw new IllegalArgumentException("threads, queue and batch rows must be at least 1");
        }
    }

    /**
     * Whether one more may wait. Where each has a run of its own, it waits for all before it: more than a worker does in a while are
     * only taken if that is a short while, because an answer that comes too late helps nobody.
     *
     * @param runNanos what a run takes as a rule
     */
    boolean takesAnother(int waiting, boolean sharesRuns, long runNanos) {
        if (waiting >= queue.orElse(MOST_WAITING)) {
            return false;
        }
        return queue.isPresent()
                || sharesRuns
                || waiting < Math.max(LEAST_WAITING, WAITING_PER_WORKER * threads)
                || waiting * runNanos / threads <= SHORT_WAIT_NANOS;
    }
}
