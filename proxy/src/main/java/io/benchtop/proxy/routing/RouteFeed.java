package io.benchtop.proxy.routing;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.benchtop.api.routing.EndpointRoute;
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
import java.util.concurrent.TimeUnit;
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
 * <p>Snapshot and changes are applied by the same thread, so an older snapshot can never overwrite a newer change. When
 * another replica of the service answers than before, it may be a moment behind: its table is not taken until it has
 * caught up or has had its time to. While the service is away the last table stays in force.
 */
public final class RouteFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RouteFeed.class);
    private static final Duration SILENCE = Duration.ofSeconds(6);
    private static final long RESYNC_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long CATCH_UP_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long MIN_BACKOFF_MILLIS = 50;
    private static final long MAX_BACKOFF_MILLIS = 1_000;

    private final ControlPlane control;
    private final LiveRoutes routes;
    private final RouteKeeper keeper;
    private final InstantSource clock;
    private final Gson gson = new Gson();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable EventStream stream;
    private volatile boolean connected;
    private long behindSince;
    private String lastReason = "";

    public RouteFeed(ControlPlane control, LiveRoutes routes, Path stateFile, InstantSource clock) {
        this.control = control;
        this.routes = routes;
        this.keeper = new RouteKeeper(new RouteFile(stateFile, gson), routes);
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("route-feed").unstarted(this::run);
    }

    /** Loads the table kept on disk, then follows the service in the background. */
    public void start() {
        keeper.read().ifPresent(table -> {
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
                long startedAt = System.nanoTime();
                watch();
                if (System.nanoTime() - startedAt < TimeUnit.MILLISECONDS.toNanos(MIN_BACKOFF_MILLIS)) {
                    pause(MIN_BACKOFF_MILLIS);
                }
            } catch (IOException | RuntimeException e) {
                logLoss(e);
                backoff = Math.min(MAX_BACKOFF_MILLIS, backoff * 2 + MIN_BACKOFF_MILLIS);
                pause(backoff);
            }
            connected = false;
        }
    }

    /** Each reason once: a service that is away for hours must not fill the log, nor may it be away without a word. */
    private void logLoss(Exception e) {
        String reason = e.toString();
        if (!closed && connected) {
            LOG.warn("lost workspace-service, serving the last known routes reason={}", reason);
        } else if (!closed && !reason.equals(lastReason)) {
            LOG.warn("workspace-service cannot be followed, trying on reason={}", reason);
        }
        lastReason = reason;
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
        requireCaughtUp(table);
        routes.replaceAll(table);
        routes.forgetRevocationsBefore(clock.instant());
        keeper.changed();
        if (!connected) {
            LOG.info("following workspace-service routes={}", table.routes().size());
        }
        connected = true;
        lastReason = "";
    }

    private void requireCaughtUp(RouteTable table) throws IOException {
        if (!routes.isAheadOf(table)) {
            behindSince = 0;
            return;
        }
        long now = System.nanoTime();
        behindSince = behindSince == 0 ? now : behindSince;
        if (now - behindSince < CATCH_UP_NANOS) {
            throw new IOException("the replica that answered is behind at revision " + table.revision());
        }
        LOG.warn("the route table went back, as after restoring a database revision={}", table.revision());
        behindSince = 0;
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
            case "endpoint" -> routes.upsert(parse(event, EndpointRoute.class));
            case "endpoint-removed" -> routes.removeEndpoint(text(event, "name"));
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
        keeper.changed();
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
        keeper.close();
    }
}
