package io.benchtop.proxy;

import static io.benchtop.proxy.TestingProxy.ORIGIN;
import static io.benchtop.proxy.TestingProxy.PREFIX;
import static io.benchtop.proxy.TestingProxy.SWITCHING;
import static io.benchtop.proxy.TestingProxy.ok;
import static io.benchtop.proxy.TestingProxy.webSocket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.api.routing.RouteState;
import io.benchtop.proxy.testing.ClusterAddress;
import io.benchtop.proxy.testing.FakeControlPlane;
import io.benchtop.proxy.testing.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** workspace-service as several replicas behind one address, which share one numbered list of changes. */
class ReplicasIT {

    private final ClusterAddress cluster = new ClusterAddress();
    private final TestingProxy proxy = new TestingProxy(Map.of(), control -> {
        cluster.leadTo(control.port());
        return cluster.url();
    });
    private FakeControlPlane other;
    private Wire tunnel;
    private Wire server;

    @BeforeEach
    void openAWebSocket() throws IOException {
        other = new FakeControlPlane(proxy.signer.jwks());
        tunnel = proxy.client();
        tunnel.send(webSocket(PREFIX + "api/kernels/x/channels", proxy.alice(), "Origin: " + ORIGIN + "\r\n"));
        server = proxy.server.next();
        server.head();
        server.send(SWITCHING);
        tunnel.head();
    }

    @AfterEach
    void stop() {
        tunnel.close();
        other.close();
        proxy.close();
        cluster.close();
    }

    private void firstReplicaDies() {
        cluster.leadTo(other.port());
        proxy.control.close();
    }

    private void assertStillOpen() {
        tunnel.send("still");
        assertThat(server.text(5)).isEqualTo("still");
    }

    @Test
    void whenTheFollowedReplicaDiesAnotherIsFollowedAtOnce() {
        // Given
        other.continueFrom(proxy.control);

        // When
        long diedAt = System.nanoTime();
        firstReplicaDies();
        other.put(TestingProxy.running(proxy.server.url(), 1));
        other.put(TestingProxy.stopped(RouteState.STOPPED, 2));

        // Then
        await().pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(proxy.routeGeneration()).isEqualTo(2));
        assertThat(Duration.ofNanos(System.nanoTime() - diedAt)).isLessThan(Duration.ofSeconds(5));
        assertThat(tunnel.isEnded()).isTrue();
    }

    @Test
    void aReplicaThatIsAMomentBehindTakesNothingBack() {
        // Given
        other.put(TestingProxy.stopped(RouteState.STARTING, 0));
        other.countFrom(1);

        // When
        firstReplicaDies();
        await().untilAsserted(() -> assertThat(other.pulls.get()).isPositive());

        // Then
        assertStillOpen();
        assertThat(proxy.routeGeneration()).isEqualTo(1);

        // When
        other.putSilently(TestingProxy.running(proxy.server.url(), 1));
        other.continueFrom(proxy.control);
        other.put(TestingProxy.running(proxy.server.url(), 1));
        await().untilAsserted(() -> assertThat(other.isWatched()).isTrue());

        // Then
        assertStillOpen();
    }

    @Test
    void aDatabaseThatWentBackIsBelievedAfterAWhile() {
        // Given
        other.put(TestingProxy.stopped(RouteState.STOPPED, 9));
        other.countFrom(1);

        // When
        firstReplicaDies();

        // Then
        await().untilAsserted(() -> assertThat(proxy.routeGeneration()).isEqualTo(9));
        assertThat(tunnel.isEnded()).isTrue();
    }

    @Test
    void withoutAnyReplicaServersAreServedFromTheLastTable() {
        // When
        proxy.control.close();

        // Then
        assertStillOpen();
        assertThat(proxy.roundTrip(proxy.server, proxy.get(PREFIX + "api", proxy.alice()), ok("alive"))[1])
                .endsWith("alive");
    }

    @Test
    void whatAReplicaBreaksOffWithoutAWordIsAskedOfAnotherOnce() {
        try (Wire client = proxy.client()) {
            // When
            client.send(proxy.get("/api/v1/me", proxy.alice()));
            breakOff(proxy.service.next());
            breakOff(proxy.service.next());

            // Then
            assertThat(client.message()).startsWith("HTTP/1.1 503");
        }
    }

    private static void breakOff(Wire replica) {
        replica.head();
        replica.close();
    }
}
