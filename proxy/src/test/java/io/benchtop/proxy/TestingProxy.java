package io.benchtop.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.api.routing.Route;
import io.benchtop.api.routing.RouteState;
import io.benchtop.proxy.testing.FakeControlPlane;
import io.benchtop.proxy.testing.ScriptedUpstream;
import io.benchtop.proxy.testing.Signer;
import io.benchtop.proxy.testing.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.awaitility.Awaitility;

/**
 * A whole proxy on loopback between a scripted client and scripted upstreams: {@code service} is workspace-service's
 * public side, {@code server} is alice's running JupyterLab, {@code control} the internal feed.
 */
final class TestingProxy implements AutoCloseable {

    static final String COOKIE = "benchtop-session-8080";
    static final String HOST = "benchtop.example:8080";
    static final String ORIGIN = "http://" + HOST;
    static final String PREFIX = "/user/alice/exp/";
    static final byte[] IDENTITY_KEY = new byte[32];

    final Signer signer = new Signer("key-1");
    final ScriptedUpstream server = new ScriptedUpstream();
    final ScriptedUpstream service = new ScriptedUpstream();
    final AtomicLong clockShiftMillis = new AtomicLong();
    final InstantSource clock = () -> InstantSource.system().instant().plusMillis(clockShiftMillis.get());
    final ByteArrayOutputStream accessLog = new ByteArrayOutputStream();
    final FakeControlPlane control;
    final Path stateFile;
    final Proxy proxy;
    final InetSocketAddress address;
    private final AtomicInteger sessions = new AtomicInteger();

    TestingProxy() {
        this(Map.of());
    }

    /** With further settings, by their keys. */
    TestingProxy(Map<String, String> settings) {
        this(settings, FakeControlPlane::url);
    }

    /** With something between the proxy and its control plane. */
    TestingProxy(Map<String, String> settings, Function<FakeControlPlane, URI> internalUrl) {
        try {
            Path folder = Files.createTempDirectory("proxy-test");
            stateFile = folder.resolve("routes.json");
            control = new FakeControlPlane(signer.jwks());
            control.put(running(server.url(), 1));
            // The service's public side and its internal side are two sockets here, so that each can be scripted.
            proxy = proxy(settings, internalUrl.apply(control));
            address = proxy.start();
            awaitReady();
            Awaitility.await().until(control::isWatched);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Another proxy that finds the state file of the first, but not the service. */
    TestingProxy(TestingProxy first) {
        try {
            stateFile = first.stateFile;
            control = first.control;
            proxy = proxy(Map.of(), control.url());
            address = proxy.start();
            awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Proxy proxy(Map<String, String> settings, URI internalUrl) throws IOException {
        Path key = Files.writeString(stateFile.resolveSibling("internal.key"), FakeControlPlane.KEY);
        Map<String, String> environment = new HashMap<>(Map.of(
                "BENCHTOP_PROXY_LISTEN",
                "127.0.0.1:0",
                "BENCHTOP_PROXY_STATE_FILE",
                stateFile.toString(),
                "BENCHTOP_PROXY_THREADS",
                "2",
                "BENCHTOP_SERVICE_URL",
                service.url(),
                "BENCHTOP_PUBLIC_URL",
                ORIGIN,
                "BENCHTOP_ALLOWED_HOSTS",
                "other.example",
                "BENCHTOP_SESSION_COOKIE",
                COOKIE,
                "BENCHTOP_INTERNAL_KEY_FILE",
                key.toString()));
        environment.putAll(settings);
        PrintStream log = new PrintStream(accessLog, true, StandardCharsets.UTF_8);
        return new Proxy(ProxyConfig.from(environment), clock, log, internalUrl);
    }

    void awaitReady() {
        Awaitility.await().until(() -> proxy.routes().isLoaded());
    }

    static Route running(String target, long generation) {
        return new Route(
                PREFIX,
                "ws_aaaaaaaaaaaa",
                "alice",
                RouteState.RUNNING,
                target,
                "workspace:ws_aaaaaaaaaaaa",
                Signer.base64(IDENTITY_KEY),
                "/workspaces/spawn/alice/exp",
                generation);
    }

    static Route stopped(RouteState state, long generation) {
        return new Route(
                PREFIX,
                "ws_aaaaaaaaaaaa",
                "alice",
                state,
                null,
                "workspace:ws_aaaaaaaaaaaa",
                null,
                "/workspaces/spawn/alice/exp",
                generation);
    }

    Wire client() {
        return Wire.to(address);
    }

    long nowSeconds() {
        return clock.millis() / 1000;
    }

    String session(String user, String role, String sid) {
        return signer.session(user, role, sid, nowSeconds(), nowSeconds() + 3600);
    }

    /** A Cookie line of a fresh session of alice. */
    String alice() {
        return cookie(session("alice", "developer", "sid-" + sessions.incrementAndGet()));
    }

    static String cookie(String token) {
        return "Cookie: " + COOKIE + "=" + token + "\r\n";
    }

    String get(String target, String... lines) {
        return request("GET", target, lines);
    }

    static String request(String method, String target, String... lines) {
        return method + " " + target + " HTTP/1.1\r\nHost: " + HOST + "\r\n" + String.join("", lines) + "\r\n";
    }

    static String webSocket(String target, String... lines) {
        return request(
                "GET",
                target,
                "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                String.join("", lines));
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    static final String SWITCHING = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

    /** Sends one request and answers it: {what the upstream saw, what the client got}. */
    String[] roundTrip(ScriptedUpstream upstream, String request, String answer) {
        try (Wire client = client()) {
            client.send(request);
            Wire server = upstream.next();
            String seen = server.message();
            // Not kept, so that the next test gets a connection of its own.
            server.send(answer.replaceFirst("\r\n", "\r\nConnection: close\r\n"));
            return new String[] {seen, client.message()};
        }
    }

    /** Takes a connection out of the proxy's pool, so that the next test gets one of its own. */
    void retire(Wire kept) {
        kept.endOutput();
        assertThat(kept.isEnded()).isTrue();
        kept.close();
    }

    long routeGeneration() {
        return proxy.routes().find(PREFIX).route().generation();
    }

    /** The whole answer to a request that never reaches an upstream. */
    String refused(String request) {
        try (Wire client = client()) {
            return client.send(request).message();
        }
    }

    /** What the admin port says. */
    String adminGet(String path) throws IOException {
        URI url = URI.create("http://127.0.0.1:" + proxy.adminAddress().getPort() + path);
        try (InputStream in = url.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    int adminStatus(String path) {
        try (Wire admin = Wire.to(proxy.adminAddress())) {
            String answer = admin.send("GET " + path + " HTTP/1.1\r\nHost: admin\r\n\r\n")
                    .head();
            return Integer.parseInt(answer.substring(9, 12));
        }
    }

    /** The answer from whoever gives it first: the proxy itself, or a server that says 200 to everything. */
    String refusedOrServed(String request) {
        try (Wire client = client()) {
            client.send(request.replaceFirst("\r\n", "\r\nConnection: close\r\n"));
            Awaitility.await().until(() -> server.untaken() > 0 || client.hasInput());
            if (server.untaken() > 0) {
                Wire wire = server.next();
                wire.head();
                wire.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            }
            return client.message();
        }
    }

    String accessLog() {
        return accessLog.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        proxy.close();
        control.close();
        server.close();
        service.close();
    }
}
