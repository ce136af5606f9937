package io.benchtop.proxy;

import static io.benchtop.proxy.TestingProxy.PREFIX;
import static io.benchtop.proxy.TestingProxy.SWITCHING;
import static io.benchtop.proxy.TestingProxy.cookie;
import static io.benchtop.proxy.TestingProxy.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.proxy.testing.Wire;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy behind something that ends TLS: browsers speak https with that, and plain http comes to us. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BehindIngressIT {

    private static final String HOST = "bench.example";
    private static final String COOKIE = "__Host-benchtop-session";
    private static final String CHANNELS = PREFIX + "api/kernels/x/channels";

    private TestingProxy proxy;

    @BeforeAll
    void start() {
        proxy = new TestingProxy(Map.of(
                "BENCHTOP_PUBLIC_URL",
                "https://" + HOST,
                "BENCHTOP_SESSION_COOKIE",
                COOKIE,
                "BENCHTOP_PROXY_TRUSTED_PEERS",
                "127.0.0.1"));
    }

    @AfterAll
    void stop() {
        proxy.close();
    }

    private String alice() {
        return proxy.alice().replace(TestingProxy.COOKIE, COOKIE);
    }

    private static String toHost(String request) {
        return request.replace("Host: " + TestingProxy.HOST, "Host: " + HOST);
    }

    private String get(String target, String... lines) {
        return toHost(proxy.get(target, lines));
    }

    private static String webSocket(String... lines) {
        return toHost(TestingProxy.webSocket(CHANNELS, lines));
    }

    @Test
    void anUpstreamIsToldHowTheBrowserCame() {
        // When
        String toServer = proxy.roundTrip(
                        proxy.server,
                        get(PREFIX + "api", alice(), "X-Forwarded-Proto: http\r\nX-Forwarded-Port: 8080\r\n"),
                        ok(""))[0];
        String toService = proxy.roundTrip(proxy.service, get("/workspaces"), ok(""))[0];

        // Then
        assertThat(toServer).contains("X-Forwarded-Proto: https\r\n", "X-Forwarded-Host: " + HOST + "\r\n");
        assertThat(toServer).doesNotContain("8080", "X-Forwarded-Port", "X-Benchtop-Proxy");
        assertThat(toService).contains("X-Forwarded-Proto: https\r\n", "X-Forwarded-Host: " + HOST + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://bench.example", "https://BENCH.example"})
    void theOriginOfTheBrowsersAddressIsOurs(String origin) {
        // Given
        try (Wire client = proxy.client()) {
            client.send(webSocket(alice(), "Origin: " + origin + "\r\n"));

            // When
            Wire server = proxy.server.next();
            server.head();
            server.send(SWITCHING);

            // Then
            assertThat(client.head()).startsWith("HTTP/1.1 101");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://bench.example", "https://bench.example:8080", "https://other.bench.example"})
    void anyOtherOriginIsForeign(String origin) {
        assertThat(proxy.refused(webSocket(alice(), "Origin: " + origin + "\r\n")))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void aCookieForHttpsOnlyPassesToTheBrowserAsItIs() {
        // Given
        String line = "Set-Cookie: " + COOKIE + "=x; Path=/; Secure; HttpOnly; SameSite=Lax\r\n";

        // When
        String answer = proxy.roundTrip(
                        proxy.service, get("/login"), "HTTP/1.1 200 OK\r\n" + line + "Content-Length: 0\r\n\r\n")[1];

        // Then
        assertThat(answer).contains(line);
        assertThat(proxy.refused(get(PREFIX + "api", cookie(proxy.session("alice", "developer", "wrong-name")))))
                .startsWith("HTTP/1.1 401");
    }

    @Test
    void s15_whoIsBehindATrustedPeerIsToldUpstream() {
        // Given
        String lines = "X-Forwarded-For: 198.51.100.1\r\nX-Forwarded-For: 203.0.113.9\r\n";

        // When
        String toService = proxy.roundTrip(proxy.service, get("/workspaces", lines), ok(""))[0];
        String toServer = proxy.roundTrip(proxy.server, get(PREFIX + "api", alice(), lines), ok(""))[0];
        String unnamed = proxy.roundTrip(proxy.service, get("/workspaces"), ok(""))[0];

        // Then
        assertThat(toService)
                .containsOnlyOnce("X-Forwarded-For: 203.0.113.9\r\n")
                .doesNotContain("198.51.100.1");
        assertThat(toServer)
                .containsOnlyOnce("X-Forwarded-For: 203.0.113.9\r\n")
                .doesNotContain("198.51.100.1");
        assertThat(unnamed).contains("X-Forwarded-For: 127.0.0.1\r\n");
    }

    @Test
    void s15_oneConnectionOfAPeerCarriesRequestsOfMany() {
        // Given
        try (Wire client = proxy.client()) {
            // When
            client.send(get("/a", "X-Forwarded-For: 203.0.113.1\r\n")
                    + get("/b", "X-Forwarded-For: 203.0.113.2\r\n")
                    + get("/c"));
            Wire service = proxy.service.next();

            // Then
            for (String from : new String[] {"203.0.113.1", "203.0.113.2", "127.0.0.1"}) {
                assertThat(service.head()).contains("X-Forwarded-For: " + from + "\r\n");
                service.send(ok(""));
                assertThat(client.message()).startsWith("HTTP/1.1 200");
            }
            proxy.retire(service);
        }
    }
}
