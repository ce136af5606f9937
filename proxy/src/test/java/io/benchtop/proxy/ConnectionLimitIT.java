package io.benchtop.proxy;

import static io.benchtop.proxy.TestingProxy.PREFIX;
import static io.benchtop.proxy.TestingProxy.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.proxy.testing.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** S25: one address cannot take all there is. Loopback has many addresses, so there are many clients here. */
class ConnectionLimitIT {

    private static final int LIMIT = 100;

    private final TestingProxy proxy =
            new TestingProxy(Map.of("BENCHTOP_PROXY_CONNECTIONS_PER_ADDRESS", Integer.toString(LIMIT)));
    private final List<Wire> open = new ArrayList<>();

    @AfterEach
    void stop() {
        open.forEach(Wire::close);
        proxy.close();
    }

    private Wire from(String address) throws IOException {
        Wire wire = new Wire(
                new Socket(proxy.address.getAddress(), proxy.address.getPort(), InetAddress.ofLiteral(address), 0));
        open.add(wire);
        return wire;
    }

    @Test
    void s25_whoHasTooManyConnectionsIsToldSoUntilSomeAreClosed() throws Exception {
        // Given
        List<Wire> hoarded = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
            hoarded.add(from("127.0.0.2"));
        }

        // When
        Wire tooMany = from("127.0.0.2");

        // Then
        assertThat(tooMany.message())
                .startsWith("HTTP/1.1 429")
                .contains("\"code\":\"too_many_connections\"", "Connection: close\r\n");
        assertThat(tooMany.isEnded()).isTrue();
        assertThat(proxy.adminGet("/metrics"))
                .contains("benchtop_proxy_refusals_total{code=\"too_many_connections\",} 1.0");

        // When
        hoarded.getFirst().close();

        // Then
        await().untilAsserted(() -> {
            try (Wire again = from("127.0.0.2")) {
                assertThat(again.send(proxy.get("/internal/x")).message()).startsWith("HTTP/1.1 404");
            }
        });
    }

    @Test
    void s25_anHonestRequestIsServedWhileOthersDripTheirs() throws Exception {
        // Given
        for (int address = 2; address < 12; address++) {
            for (int i = 0; i < LIMIT; i++) {
                from("127.0.0." + address).send("GET / HTTP/1.1\r\nX-Slow: ");
            }
        }

        // When
        long startedAt = System.nanoTime();
        String answer = proxy.roundTrip(proxy.server, proxy.get(PREFIX + "api", proxy.alice()), ok("honest"))[1];

        // Then
        assertThat(answer).endsWith("honest");
        assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void everyRefusalIsCountedByItsCode() throws Exception {
        // When
        proxy.refused(proxy.get(PREFIX + "api"));
        proxy.refused("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");

        // Then
        assertThat(proxy.adminGet("/metrics"))
                .contains("benchtop_proxy_refusals_total{code=\"not_signed_in\",} 1.0")
                .contains("benchtop_proxy_refusals_total{code=\"host_not_allowed\",} 1.0");
    }
}
