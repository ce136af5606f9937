package io.benchtop.modelserver.engine;

/**
 * How much runs and waits: worker threads, jobs that may wait for each version, and rows of a batch (1: no batches).
 */
public record EngineConfig(int threads, int queue, int batchRows) {

    public EngineConfig {
        if (threads < 1 || queue < 1 || batchRows < 1) {
            throw new IllegalArgumentException("threads, queue and batch rows must be at least 1");
        }
    }
}
