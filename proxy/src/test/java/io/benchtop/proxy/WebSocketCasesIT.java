package io.benchtop.proxy;

import static io.benchtop.proxy.TestingProxy.ORIGIN;
import static io.benchtop.proxy.TestingProxy.PREFIX;
import static io.benchtop.proxy.TestingProxy.SWITCHING;
import static io.benchtop.proxy.TestingProxy.webSocket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.api.routing.RouteState;
import io.benchtop.proxy.testing.Wire;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How WebSockets pass: the table of cases of PROXY.md §8 that concern upgrades and tunnels. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebSocketCasesIT {

    private static final String TARGET = PREFIX + "api/kernels/k/channels?session_id=s";
    private static final String OWN_ORIGIN = "Origin: " + ORIGIN + "\r\n";

    private TestingProxy proxy;
    private Wire client;

    @BeforeAll
    void start() {
        proxy = new TestingProxy();
    }

    @AfterAll
    void stop() {
        proxy.close();
    }

    @BeforeEach
    void connect() {
        client = proxy.client();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private Wire open(String... lines) {
        client.send(webSocket(TARGET, proxy.alice(), OWN_ORIGIN, String.join("", lines)));
        Wire server = proxy.server.next();
        server.head();
        server.send(SWITCHING);
        assertThat(client.head()).startsWith("HTTP/1.1 101");
        return server;
    }

    @Test
    void theUpgradePassesWithItsKeyProtocolAndExtensions() {
        // Given
        client.send(webSocket(
                TARGET,
                proxy.alice(),
                OWN_ORIGIN,
                "Sec-WebSocket-Protocol: v1.kernel.websocket.jupyter.org\r\n"
                        + "Sec-WebSocket-Extensions: permessage-deflate\r\n"));

        // When
        Wire server = proxy.server.next();
        String asked = server.head();
        server.send(SWITCHING.replace(
                "\r\n\r\n", "\r\nSec-WebSocket-Protocol: v1.kernel.websocket.jupyter.org\r\nX-Inner: 1\r\n\r\n"));
        String answered = client.head();

        // Then
        assertThat(asked)
                .startsWith("GET " + TARGET + " HTTP/1.1\r\n")
                .contains("Connection: Upgrade\r\n", "Upgrade: websocket\r\n", "Sec-WebSocket-Version: 13\r\n")
                .contains("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "X-Benchtop-Identity: ")
                .contains("Sec-WebSocket-Protocol: v1.kernel.websocket.jupyter.org\r\n", OWN_ORIGIN)
                .contains("Sec-WebSocket-Extensions: permessage-deflate\r\n")
                .doesNotContain(TestingProxy.COOKIE);
        assertThat(answered)
                .startsWith("HTTP/1.1 101 ")
                .contains("Connection: Upgrade\r\n", "Upgrade: websocket\r\n", "Sec-WebSocket-Accept: ")
                .contains("Sec-WebSocket-Protocol: v1.kernel.websocket.jupyter.org\r\n");
    }

    @Test
    void aFrameThatCameBeforeTheAnswerIsHeldAndNotLost() {
        // Given
        client.send(webSocket(TARGET, proxy.alice(), OWN_ORIGIN) + "early frame");
        Wire server = proxy.server.next();
        server.head();

        // When
        server.send(SWITCHING + "greeting");

        // Then
        assertThat(client.head()).startsWith("HTTP/1.1 101");
        assertThat(client.text(8)).isEqualTo("greeting");
        assertThat(server.text(11)).isEqualTo("early frame");
    }

    @Test
    void aRefusedUpgradeIsAPlainAnswerAndWhatCameEarlyIsNoRequest() {
        // Given
        int before = proxy.server.connections.get();
        client.send(webSocket(TARGET, proxy.alice(), OWN_ORIGIN) + proxy.get(PREFIX + "api/smuggled", proxy.alice()));
        Wire server = proxy.server.next();
        server.head();

        // When
        server.send("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope");

        // Then
        assertThat(client.rest()).startsWith("HTTP/1.1 404 Not Found").endsWith("nope");
        assertThat(server.isEnded()).isTrue();
        assertThat(proxy.server.connections.get()).isEqualTo(before + 1);
    }

    @Test
    void twelveMegabytesInOneFramePassBothWays() throws Exception {
        // Given
        Wire server = open();
        byte[] frame = new byte[12_000_000];
        Arrays.fill(frame, (byte) 'z');

        // When
        Thread down = Thread.ofPlatform().start(() -> server.send(frame));
        Thread up = Thread.ofPlatform().start(() -> client.send(frame));

        // Then
        byte[] received = client.bytes(frame.length);
        assertThat(Arrays.equals(received, frame)).isTrue();
        assertThat(Arrays.equals(server.bytes(frame.length), frame)).isTrue();
        down.join();
        up.join();
    }

    @Test
    void aSlowSideHoldsTheOtherBack() throws Exception {
        // Given
        Wire server = open();

        // When
        long down = server.sendUntilBlocked(200_000_000);
        long up = client.sendUntilBlocked(200_000_000);

        // Then
        assertThat(down).isLessThan(100_000_000);
        assertThat(up).isLessThan(100_000_000);
        assertThat(client.skip(down)).isEqualTo(down);
        assertThat(server.skip(up)).isEqualTo(up);
    }

    @Test
    void halfClosingPassesAndTheOtherHalfGoesOn() {
        // Given
        Wire server = open();

        // When
        client.send("last words");
        client.endOutput();

        // Then
        assertThat(server.rest()).isEqualTo("last words");
        server.send("an answer to them");
        server.close();
        assertThat(client.rest()).isEqualTo("an answer to them");
    }

    @Test
    void theEndOfEitherSideEndsTheOther() {
        // Given
        Wire server = open();

        // When
        server.reset();

        // Then
        assertThat(client.isEnded()).isTrue();
        client.close();
        client = proxy.client();
        Wire other = open();
        client.reset();
        assertThat(other.isEnded()).isTrue();
    }

    @Test
    void aRouteThatStopsClosesItsWebSockets() {
        // Given
        Wire server = open();

        // When
        proxy.control.put(TestingProxy.stopped(RouteState.STOPPING, 1));

        // Then
        assertThat(client.isEnded()).isTrue();
        assertThat(server.isEnded()).isTrue();
        assertThat(proxy.refused(webSocket(TARGET, proxy.alice(), OWN_ORIGIN))).startsWith("HTTP/1.1 503");
        proxy.control.put(TestingProxy.running(proxy.server.url(), 2));
        await().untilAsserted(() -> assertThat(proxy.routeGeneration()).isEqualTo(2));
    }

    @Test
    void aRouteThatIsSentAgainUnchangedClosesNothing() {
        // Given
        Wire server = open();

        // When
        proxy.control.put(TestingProxy.running(proxy.server.url(), proxy.routeGeneration()));
        proxy.control.reset();
        int pulls = proxy.control.pulls.get();
        await().untilAsserted(() -> assertThat(proxy.control.pulls.get()).isGreaterThan(pulls));

        // Then
        client.send("still");
        assertThat(server.text(5)).isEqualTo("still");
    }

    @Test
    void aWebSocketIsAskedForWithAPlainGet() {
        assertThat(proxy.refused(webSocket(TARGET, proxy.alice(), OWN_ORIGIN, "Content-Length: 5\r\n") + "hello"))
                .startsWith("HTTP/1.1 400");
        assertThat(proxy.refused(webSocket(TARGET, proxy.alice(), OWN_ORIGIN).replaceFirst("GET", "POST")))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void anUpstreamThatBreaksOffIsABadGateway() {
        // Given
        client.send(webSocket(TARGET, proxy.alice(), OWN_ORIGIN));

        // When
        Wire server = proxy.server.next();
        server.head();
        server.close();

        // Then
        assertThat(client.message()).startsWith("HTTP/1.1 502");
    }

    @Test
    void onlyWhatAPersonSendsCountsAsActivity() {
        // Given
        Wire server = open();
        proxy.proxy.report();
        proxy.control.activity.clear();

        // When
        byte[] pong = {(byte) 0x8a, (byte) 0x80, 1, 2, 3, 4};
        client.send(pong);
        server.bytes(6);
        String idle = lastActivity();
        byte[] text = {(byte) 0x81, (byte) 0x81, 1, 2, 3, 4, 5};
        proxy.clockShiftMillis.addAndGet(5000);
        client.send(text);
        server.bytes(7);

        // Then
        assertThat(lastActivity()).isNotEqualTo(idle).contains("\"prefix\":\"" + PREFIX);
    }

    private String lastActivity() {
        proxy.proxy.report();
        int count = proxy.control.activity.size();
        return count == 0 ? "" : proxy.control.activity.get(count - 1);
    }

    @Test
    void aWebSocketToTheServicePassesToo() {
        // Given
        client.send(webSocket("/api/v1/socket", proxy.alice(), OWN_ORIGIN));
        Wire service = proxy.service.next();
        assertThat(service.head()).contains("Upgrade: websocket", TestingProxy.COOKIE);

        // When
        service.send(SWITCHING + "hello");

        // Then
        assertThat(client.head()).startsWith("HTTP/1.1 101");
        assertThat(client.text(5)).isEqualTo("hello");
    }
}
