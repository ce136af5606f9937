package io.benchtop.proxy.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.benchtop.api.routing.EndpointRoute;
import io.benchtop.api.routing.EndpointUsage;
import io.benchtop.api.routing.JsonWebKeySet;
import io.benchtop.api.routing.ObservedEndpoints;
import io.benchtop.api.routing.RevokedSession;
import io.benchtop.api.routing.Route;
import io.benchtop.api.routing.RouteTable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The proxy's side of workspace-service: a table, its changes, API tokens, renewals, activity. */
public final class FakeControlPlane implements AutoCloseable {

    public static final String KEY = "test-internal-key-0123456789-0123456789";

    private final Gson gson = new Gson();
    private final HttpServer server;
    private final Map<String, Route> routes = new TreeMap<>();
    private final Map<String, EndpointRoute> endpoints = new TreeMap<>();
    private final List<RevokedSession> revoked = new ArrayList<>();
    private final List<String> revokedTokens = new ArrayList<>();
    private final List<LinkedBlockingQueue<String>> watchers = new CopyOnWriteArrayList<>();
    // Never the same in two lives: Java's HTTP client may silently repeat a watch to the service that came after.
    private final AtomicInteger revision =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(1, 1_000_000_000));
    public final Map<String, String> tokens = new ConcurrentHashMap<>();
    public final Map<String, String> renewals = new ConcurrentHashMap<>();
    public final AtomicInteger pulls = new AtomicInteger();
    public final AtomicInteger introspections = new AtomicInteger();
    /** So many of the next ones are not answered: their connection ends. */
    public final AtomicInteger brokenIntrospections = new AtomicInteger();

    public final List<String> activity = new CopyOnWriteArrayList<>();
    public final List<String> wakes = new CopyOnWriteArrayList<>();
    public final List<EndpointUsage.Report> usage = new CopyOnWriteArrayList<>();
    public final List<ObservedEndpoints> observed = new CopyOnWriteArrayList<>();
    public final AtomicInteger usageStatus = new AtomicInteger(204);
    public final List<String> authorizations = new CopyOnWriteArrayList<>();
    private volatile JsonWebKeySet keys;
    private volatile boolean closed;

    public FakeControlPlane(JsonWebKeySet keys) throws IOException {
        this(keys, 0);
    }

    public FakeControlPlane(JsonWebKeySet keys, int port) throws IOException {
        this.keys = keys;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
        server.setExecutor(Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("fake-control-", 0).factory()));
        server.createContext("/internal/routes", this::table);
        server.createContext("/internal/routes/watch", this::watch);
        server.createContext("/internal/tokens:introspect", this::introspect);
        server.createContext("/internal/sessions/", this::renew);
        server.createContext("/internal/activity", exchange -> {
            activity.add(body(exchange));
            answer(exchange, 204, "");
        });
        server.createContext("/internal/endpoints", this::endpoints);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Is as far as the other is, as replicas over one database are. */
    public void continueFrom(FakeControlPlane other) {
        countFrom(other.revision.get());
    }

    public void countFrom(int number) {
        revision.set(number);
    }

    public synchronized void put(Route route) {
        routes.put(route.prefix(), route);
        send("route", gson.toJson(route));
    }

    public synchronized void put(EndpointRoute endpoint) {
        endpoints.put(endpoint.name(), endpoint);
        send("endpoint", gson.toJson(endpoint));
    }

    public synchronized void removeEndpoint(String name) {
        endpoints.remove(name);
        send("endpoint-removed", "{\"name\":\"" + name + "\"}");
    }

    private void endpoints(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = body(exchange);
        if (path.endsWith(":wake")) {
            wakes.add(path);
            answer(exchange, 204, "");
        } else if (path.endsWith(":observed")) {
            observed.add(gson.fromJson(body, ObservedEndpoints.class));
            answer(exchange, 204, "");
        } else {
            usage.add(gson.fromJson(body, EndpointUsage.Report.class));
            answer(exchange, usageStatus.get(), "");
        }
    }

    public synchronized void remove(String prefix) {
        routes.remove(prefix);
        JsonObject data = new JsonObject();
        data.addProperty("prefix", prefix);
        send("route-removed", data.toString());
    }

    public synchronized void revoke(String sid) {
        RevokedSession session =
                new RevokedSession(sid, Instant.now().plusSeconds(3600).toString());
        revoked.add(session);
        send("session-revoked", gson.toJson(session));
    }

    public void revokeToken(String tokenId) {
        tokens.clear();
        send("token-revoked", "{\"tokenId\":\"" + tokenId + "\"}");
    }

    public void rotate(JsonWebKeySet now) {
        keys = now;
        send("keys", gson.toJson(now));
    }

    public void reset() {
        send("reset", "{}");
    }

    /** A revocation that fell between two watches: only a new pull can see it. */
    public synchronized void revokeTokenSilently(String tokenId) {
        tokens.clear();
        revokedTokens.add(tokenId);
    }

    /** Changes the table without telling anybody: only a new pull can see it. */
    public synchronized void putSilently(Route route) {
        routes.put(route.prefix(), route);
    }

    /** Whether the proxy has read all there was and waits for more. */
    public boolean isWatched() {
        return !watchers.isEmpty();
    }

    private void send(String type, String data) {
        String event = "id: " + revision.incrementAndGet() + "\nevent: " + type + "\ndata: " + data + "\n\n";
        watchers.forEach(watcher -> watcher.add(event));
    }

    private synchronized void table(HttpExchange exchange) throws IOException {
        if (!isAuthorized(exchange)) {
            return;
        }
        pulls.incrementAndGet();
        RouteTable table = new RouteTable(
                revision.toString(),
                keys,
                List.copyOf(routes.values()),
                List.copyOf(revoked),
                List.copyOf(revokedTokens),
                List.copyOf(endpoints.values()));
        answer(exchange, 200, gson.toJson(table));
    }

    private void watch(HttpExchange exchange) throws IOException {
        if (!isAuthorized(exchange)) {
            return;
        }
        LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
        synchronized (this) {
            String after = exchange.getRequestURI().getQuery().replace("after=", "");
            if (!after.equals(revision.toString())) {
                events.add("event: reset\ndata: {}\n\n");
            }
            watchers.add(events);
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            while (!closed) {
                String event = events.poll(500, TimeUnit.MILLISECONDS);
                out.write((event == null ? "event: heartbeat\ndata: {}\n\n" : event).getBytes(UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watchers.remove(events);
        }
    }

    private void introspect(HttpExchange exchange) throws IOException {
        introspections.incrementAndGet();
        if (brokenIntrospections.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            exchange.close();
            return;
        }
        String token =
                gson.fromJson(body(exchange), JsonObject.class).get("token").getAsString();
        String who = tokens.get(token);
        answer(exchange, who == null ? 404 : 200, who == null ? "{}" : who);
    }

    private void renew(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String sid = path.substring("/internal/sessions/".length()).replace(":renew", "");
        String cookie = renewals.get(sid);
        JsonObject body = new JsonObject();
        body.addProperty("cookie", cookie);
        answer(exchange, cookie == null ? 404 : 200, body.toString());
    }

    private boolean isAuthorized(HttpExchange exchange) throws IOException {
        String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        authorizations.add(given);
        if (given.equals("Internal " + KEY)) {
            return true;
        }
        answer(exchange, 401, "{}");
        return false;
    }

    private static String body(HttpExchange exchange) {
        try {
            return new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        closed = true;
        server.stop(0);
    }
}
