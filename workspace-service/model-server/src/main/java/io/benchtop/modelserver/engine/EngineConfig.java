package io.benchtop.modelserver.engine;

import java.util.OptionalInt;

/**
 * How much runs and waits.
 *
 * @param threads workers of all versions together
 * @param queue how many requests may wait for a version; by itself as many as a few runs take
 * @param batchRows most rows of one run; 1 for no batches
 */
public record EngineConfig(int threads, OptionalInt queue, int batchRows) {

    /** Two full runs of the usual size. */
    private static final int WAITING_FOR_SHARED_RUNS = 512;
    /** Each waits for all before it, so more of them would only be answered too late. */
    private static final int WAITING_PER_WORKER = 16;
    /** A small burst is no overload, however few the workers are. */
    private static final int LEAST_WAITING = 32;

    public EngineConfig {
        if (threads < 1 || batchRows < 1 || queue.orElse(1) < 1) {
            throw new IllegalArgumentException("threads, queue and batch rows must be at least 1");
        }
    }

    int mostWaiting(boolean sharesRuns) {
        int usual = sharesRuns ? WAITING_FOR_SHARED_RUNS : Math.max(LEAST_WAITING, WAITING_PER_WORKER * threads);
        return queue.orElse(usual);
    }
}
