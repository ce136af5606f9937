package io.benchtop.service.spawn.local;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Ends a server: the shim is asked and gives JupyterLab eight seconds; if it does not obey, its guard is killed, whereupon
 * the keeper kills everything at once; if that does not help either, the keeper is killed too, and the kernel takes
 * JupyterLab with it.
 */
final class ServerEnder {

    private static final long POLITE_MILLIS = 12_000;
    private static final long FORCED_MILLIS = 3_000;
    private static final long LOOK_EVERY_MILLIS = 20;

    private final Shims shims;

    ServerEnder(Shims shims) {
        this.shims = requireNonNull(shims, "shims is null");
    }

    void end(ServerFolder server) {
        shims.of(server).stream().limit(1).forEach(ProcessHandle::destroy);
        if (gone(server, POLITE_MILLIS)) {
            return;
        }
        shims.of(server).stream().limit(1).forEach(ProcessHandle::destroyForcibly);
        if (gone(server, FORCED_MILLIS)) {
            return;
        }
        shims.of(server).forEach(ProcessHandle::destroyForcibly);
        if (!gone(server, FORCED_MILLIS)) {
            throw new IllegalStateException("the processes of " + server.path() + " cannot be ended");
        }
    }

    private boolean gone(ServerFolder server, long millis) {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (true) {
            List<ProcessHandle> left = shims.of(server);
            if (left.isEmpty()) {
                return true;
            }
            // Watching the ones we know is cheap; looking for all is needed only when these are gone.
            while (left.stream().anyMatch(ProcessHandle::isAlive)) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a server ends", e);
        }
    }
}
