package io.benchtop.proxy.routing;

import io.benchtop.api.routing.RouteTable;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes the table to its file, the first time at once and then within a second of a change, on a thread of its own: making
 * the text of some thousand routes takes longer than a change may.
 */
final class RouteKeeper implements AutoCloseable {

    private static final long PAUSE_SECONDS = 1;

    private final RouteFile file;
    private final LiveRoutes routes;
    private final AtomicBoolean due = new AtomicBoolean();
    private final AtomicBoolean written = new AtomicBoolean();
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("route-file").factory());

    RouteKeeper(RouteFile file, LiveRoutes routes) {
        this.file = file;
        this.routes = routes;
    }

    /** What the last process left. */
    Optional<RouteTable> read() {
        return file.read();
    }

    void changed() {
        if (due.compareAndSet(false, true)) {
            var _ = writer.schedule(this::write, written.get() ? PAUSE_SECONDS : 0, TimeUnit.SECONDS);
        }
    }

    private void write() {
        if (due.compareAndSet(true, false)) {
            file.write(routes.snapshot());
            written.set(true);
        }
    }

    /** Nothing that was told is left behind. */
    @Override
    public void close() {
        writer.shutdownNow();
        write();
    }
}
