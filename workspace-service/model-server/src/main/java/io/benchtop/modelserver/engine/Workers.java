package io.benchtop.modelserver.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that run models. Platform threads: a native run would pin a virtual thread's carrier. Its queue holds at
 * most a few tasks for each lane, so it needs no bound; requests wait in the lanes, which have one.
 */
public final class Workers implements Executor, AutoCloseable {

    private final ThreadPoolExecutor threads;

    public Workers(int count) {
        threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("inference-", 0).factory());
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
