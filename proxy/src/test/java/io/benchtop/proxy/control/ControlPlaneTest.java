package io.benchtop.proxy.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlPlaneTest {

    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private HttpServer somebody;
    private int status;
    private String body = "";

    @BeforeEach
    void listen() throws IOException {
        somebody = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        somebody.createContext("/", exchange -> {
            connections.add(exchange.getRemoteAddress());
            exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
            exchange.getResponseBody().write(body.getBytes(UTF_8));
            exchange.close();
        });
        somebody.start();
    }

    @AfterEach
    void close() {
        somebody.stop(0);
    }

    private void askTwice() throws IOException {
        URI address = URI.create("http://127.0.0.1:" + somebody.getAddress().getPort());
        ControlPlane control = new ControlPlane(address, "key", Duration.ofSeconds(5));
        assertThat(control.get("/internal/routes").status()).isEqualTo(status);
        assertThat(control.get("/internal/routes").status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"200, {}", "502, {}", "404, ''"})
    void whoeverAnsweredIsNotAskedAgainOverTheSameConnection(int otherStatus, String otherBody) throws IOException {
        // Given
        status = otherStatus;
        body = otherBody;

        // When
        askTwice();

        // Then
        assertThat(connections).hasSize(2);
    }
}
