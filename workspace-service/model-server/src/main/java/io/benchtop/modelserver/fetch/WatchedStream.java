package io.benchtop.modelserver.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * An answer that has to go on: one of which nothing comes for a while is closed, which fails whoever reads it. A server whose machine
 * is gone says nothing any more, and the connection alone would be waited on for ever. Read by one thread.
 */
final class WatchedStream extends FilterInputStream {

    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fetch-watch").factory());

    private final Duration patience;
    private final Future<?> watch;
    private volatile long lastAt = System.nanoTime();

    WatchedStream(InputStream in, Duration patience) {
        super(in);
        this.patience = patience;
        long every = Math.max(1, patience.toMillis() / 4);
        this.watch = WATCH.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (System.nanoTime() - lastAt > patience.toNanos()) {
            try {
                close();
            } catch (IOException _) {
                // Whoever reads is told.
            }
        }
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        lastAt = System.nanoTime();
        return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = in.read(bytes, from, length);
        lastAt = System.nanoTime();
        return read;
    }

    @Override
    public void close() throws IOException {
        watch.cancel(false);
        in.close();
    }
}
