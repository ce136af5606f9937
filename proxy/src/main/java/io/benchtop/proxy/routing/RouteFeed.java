package io.benchtop.proxy.routing;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.benchtop.api.routing.JsonWebKeySet;
import io.benchtop.api.routing.RevokedSession;
import io.benchtop.api.routing.Route;
import io.benchtop.api.routing.RouteTable;
import io.benchtop.proxy.control.ControlPlane;
import io.benchtop.proxy.control.EventStream;
import io.benchtop.proxy.control.EventStream.Event;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link LiveRoutes} equal to what workspace-service says. One thread, one loop:
 *
 * <pre>
 *   pull the snapshot ──► apply changes from the watch ──┐
 *        ▲                                               │ silence of 6 s, the stream's end, "reset",
 *        └────────── back-off on failure ◄───────────────┘ or 60 s: trust nothing, pull again
 * </pre>
 *
 * <p>Snapshot and changes are applied by the same thread, so an older snapshot can never overwrite a newer change.
 * While the service is away the last table stays in force.
 */
public final class RouteFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RouteFeed.class);
    private static final Duration SILENCE = Duration.ofSeconds(6);
    private static final long RESYNC_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long KEEP_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long MAX_BACKOFF_MILLIS = 1_000;

    private final ControlPlane control;
    private final LiveRoutes routes;
    private final RouteFile file;
    private final InstantSource clock;
    private final Gson gson = new Gson();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable EventStream stream;
    private volatile boolean connected;
    private long keptAt;
    private boolean dirty;

    public RouteFeed(ControlPlane control, LiveRoutes routes, Path stateFile, InstantSource clock) {
        this.control = control;
        this.routes = routes;
        this.file = new RouteFile(stateFile, gson);
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("route-feed").unstarted(this::run);
    }

    /** Loads the table kept on disk, then follows the service in the background. */
    public void start() {
        file.read().ifPresent(table -> {
            routes.replaceAll(table);
            LOG.info("loaded the kept route table routes={}", table.routes().size());
        });
        thread.start();
    }

    /** Whether the service is being followed right now. */
    public boolean isConnected() {
        return connected;
    }

    private void run() {
        long backoff = 0;
        while (!closed) {
            try {
                pull();
                backoff = 0;
                watch();
            } catch (IOException | RuntimeException e) {
                logLoss(e);
                backoff = Math.min(MAX_BACKOFF_MILLIS, backoff * 2 + 50);
                pause(backoff);
            }
            connected = false;
        }
    }

    private void logLoss(Exception e) {
        if (!closed && connected) {
            LOG.warn("lost workspace-service, serving the last known routes reason={}", e.toString());
        } else {
            LOG.debug("workspace-service is still away reason={}", e.toString());
        }
    }

    private void pull() throws IOException {
        ControlPlane.Answer answer = control.get("/internal/routes");
        if (answer.status() != 200) {
            throw new IOException("the route table was answered with status " + answer.status());
        }
        RouteTable table = gson.fromJson(answer.body(), RouteTable.class);
        if (table == null) {
            throw new IOException("the route table was empty");
        }
        routes.replaceAll(table);
        routes.forgetRevocationsBefore(clock.instant());
        file.write(routes.snapshot());
        keptAt = System.nanoTime();
        dirty = false;
        if (!connected) {
            LOG.info("following workspace-service routes={}", table.routes().size());
        }
        connected = true;
    }

    private void watch() throws IOException {
        String after = URLEncoder.encode(routes.revision(), StandardCharsets.UTF_8);
        long resyncAt = System.nanoTime() + RESYNC_NANOS;
        try (EventStream events = control.watch("/internal/routes/watch?after=" + after, SILENCE)) {
            stream = events;
            boolean goOn = true;
            while (goOn && !closed) {
                Event event = events.next();
                goOn = event != null && apply(event) && System.nanoTime() < resyncAt;
                keep(!goOn);
            }
        } finally {
            stream = null;
        }
    }

    /** False when the snapshot must be pulled again. */
    private boolean apply(Event event) {
        switch (event.type()) {
            case "route" -> routes.upsert(parse(event, Route.class));
            case "route-removed" -> routes.remove(text(event, "prefix"));
            case "session-revoked" -> routes.revoke(parse(event, RevokedSession.class));
            case "token-revoked" -> routes.revokeToken(text(event, "tokenId"));
            case "keys" -> routes.keysChanged(parse(event, JsonWebKeySet.class));
            case "reset" -> {
                return false;
            }
            default -> {
                // The heartbeat, and what a newer service may add: only proof of life.
                return true;
            }
        }
        routes.advanceTo(event.id());
        dirty = true;
        return true;
    }

    private <T> T parse(Event event, Class<T> type) {
        T value = gson.fromJson(event.data(), type);
        if (value == null) {
            throw new JsonParseException("the event " + event.type() + " has no data");
        }
        return value;
    }

    private String text(Event event, String name) {
        return parse(event, JsonObject.class).get(name).getAsString();
    }

    /** Writes the table at most once a second; the heartbeat sees to it that the last change is not left behind. */
    private void keep(boolean now) {
        if (dirty && (now || System.nanoTime() - keptAt > KEEP_NANOS)) {
            file.write(routes.snapshot());
            keptAt = System.nanoTime();
            dirty = false;
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        EventStream open = stream;
        if (open != null) {
            open.close();
        }
        thread.interrupt();
    }
}
