package io.benchtop.proxy;

import static io.benchtop.proxy.TestingProxy.ORIGIN;
import static io.benchtop.proxy.TestingProxy.PREFIX;
import static io.benchtop.proxy.TestingProxy.SWITCHING;
import static io.benchtop.proxy.TestingProxy.ok;
import static io.benchtop.proxy.TestingProxy.webSocket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.benchtop.proxy.testing.Wire;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a proxy ends while others take over: unready at once, closed to new clients later, and what is open ends last. */
class DrainIT {

    private static final Duration DELAY = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final TestingProxy proxy = new TestingProxy(Map.of(
            "BENCHTOP_PROXY_DRAIN_DELAY", DELAY.toSeconds() + "s", "BENCHTOP_PROXY_DRAIN", LIMIT.toSeconds() + "s"));
    private Thread ending;
    private long toldAt;

    @AfterEach
    void stop() throws InterruptedException {
        ending.join();
        proxy.close();
    }

    private void tellToEnd() {
        toldAt = System.nanoTime();
        ending = Thread.ofPlatform().start(() -> {
            try {
                proxy.proxy.shutDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Duration sinceTold() {
        return Duration.ofNanos(System.nanoTime() - toldAt);
    }

    private String get() {
        return proxy.get(PREFIX + "api", proxy.alice());
    }

    private Wire openTunnel(Wire client) {
        client.send(webSocket(PREFIX + "api/kernels/x/channels", proxy.alice(), "Origin: " + ORIGIN + "\r\n"));
        Wire server = proxy.server.next();
        server.head();
        server.send(SWITCHING);
        assertThat(client.head()).startsWith("HTTP/1.1 101");
        return server;
    }

    @Test
    void untilEverybodyHasHeardNewClientsAreStillServed() {
        // When
        tellToEnd();

        // Then
        await().untilAsserted(() -> assertThat(proxy.adminStatus("/readyz")).isEqualTo(503));
        assertThat(proxy.adminStatus("/healthz")).isEqualTo(200);
        assertThat(proxy.roundTrip(proxy.server, get(), ok("late"))[1]).endsWith("late");
        assertThat(sinceTold()).isLessThan(DELAY);
        await().ignoreExceptions()
                .untilAsserted(() ->
                        assertThatThrownBy(() -> proxy.client().close()).isInstanceOf(UncheckedIOException.class));
        assertThat(sinceTold()).isGreaterThan(DELAY);
    }

    @Test
    void whatIsOpenGoesOnUntilTheLimit() throws Exception {
        // Given
        try (Wire socket = proxy.client();
                Wire busy = proxy.client()) {
            Wire server = openTunnel(socket);
            busy.send(get());
            Wire answering = proxy.server.next();
            answering.head();

            // When
            tellToEnd();
            ending.join(DELAY.plusMillis(500));

            // Then
            socket.send("still");
            assertThat(server.text(5)).isEqualTo("still");
            answering.send(ok("finished"));
            assertThat(busy.rest()).contains("Connection: close").endsWith("finished");
            assertThat(socket.isEnded()).isTrue();
            assertThat(sinceTold())
                    .isBetween(DELAY.plus(LIMIT), DELAY.plus(LIMIT).plusSeconds(3));
        }
    }

    @Test
    void aSignOutEndsASocketWhileTheProxyEnds() throws Exception {
        // Given
        String session = TestingProxy.cookie(proxy.session("alice", "developer", "drain"));
        try (Wire socket = proxy.client()) {
            socket.send(webSocket(PREFIX + "api/kernels/x/channels", session, "Origin: " + ORIGIN + "\r\n"));
            Wire server = proxy.server.next();
            server.head();
            server.send(SWITCHING);
            socket.head();
            tellToEnd();
            ending.join(DELAY.plusMillis(300));

            // When
            proxy.control.revoke("drain");

            // Then
            assertThat(socket.isEnded()).isTrue();
            assertThat(sinceTold()).isLessThan(DELAY.plus(LIMIT));
        }
    }
}
