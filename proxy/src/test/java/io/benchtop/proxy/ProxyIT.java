package io.benchtop.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.proxy.testing.Wire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxyIT {

    private TestingProxy proxy;

    @BeforeAll
    void start() {
        proxy = new TestingProxy();
    }

    @AfterAll
    void stop() {
        proxy.close();
    }

    @Test
    void carriesARequestToTheServerAndItsAnswerBack() {
        // When
        String[] both = proxy.roundTrip(
                proxy.server, proxy.get("/user/alice/exp/api?x=c[]&&y=%2F", proxy.alice()), TestingProxy.ok("hello"));

        // Then
        assertThat(both[0])
                .startsWith("GET /user/alice/exp/api?x=c[]&&y=%2F HTTP/1.1\r\n")
                .contains("X-Benchtop-Identity: ")
                .doesNotContain(TestingProxy.COOKIE);
        assertThat(both[1]).startsWith("HTTP/1.1 200 OK\r\n").endsWith("hello");
    }

    @Test
    void carriesAWebSocketWithFramesThatCameEarly() {
        try (Wire client = proxy.client()) {
            // Given
            client.send(TestingProxy.webSocket(
                            "/user/alice/exp/ws", proxy.alice(), "Origin: " + TestingProxy.ORIGIN + "\r\n")
                    + "early");
            Wire server = proxy.server.next();
            String head = server.head();

            // When
            server.send(TestingProxy.SWITCHING + "from server");

            // Then
            assertThat(head).contains("Upgrade: websocket");
            assertThat(client.head()).startsWith("HTTP/1.1 101");
            assertThat(client.text(11)).isEqualTo("from server");
            assertThat(server.text(5)).isEqualTo("early");
        }
    }

    @Test
    void carriesEverythingElseToTheServiceUnchanged() {
        // When
        String cookie = proxy.alice();
        String[] both = proxy.roundTrip(proxy.service, proxy.get("/workspaces", cookie), TestingProxy.ok("page"));

        // Then
        assertThat(both[0]).contains(cookie).doesNotContain("X-Benchtop-Identity");
        assertThat(both[1]).endsWith("page");
    }
}
