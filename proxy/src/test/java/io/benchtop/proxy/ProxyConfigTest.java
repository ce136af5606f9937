package io.benchtop.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.proxy.auth.TrustedPeers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyConfigTest {

    private static final String KEY = "k".repeat(43);

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void required() throws IOException {
        Path key = Files.writeString(folder.resolve("internal.key"), KEY + "\n");
        environment.put("BENCHTOP_SERVICE_URL", "http://127.0.0.1:9000");
        environment.put("BENCHTOP_PUBLIC_URL", "http://127.0.0.1:8080");
        environment.put("BENCHTOP_SESSION_COOKIE", "benchtop-session-8080");
        environment.put("BENCHTOP_INTERNAL_KEY_FILE", key.toString());
        environment.put(
                "BENCHTOP_PROXY_STATE_FILE", folder.resolve("routes.json").toString());
    }

    @Test
    void whatIsNotSetHasADefault() {
        // When
        ProxyConfig config = ProxyConfig.from(environment);

        // Then
        assertThat(config.listen()).isEqualTo(new InetSocketAddress("127.0.0.1", 8080));
        assertThat(config.grpcListen()).isNull();
        assertThat(config.adminListen()).isEqualTo(new InetSocketAddress("127.0.0.1", 0));
        assertThat(config.allowedHosts()).isEmpty();
        assertThat(config.threads()).isBetween(1, 4);
        assertThat(config.accessLog()).isTrue();
        assertThat(config.internalKey()).isEqualTo(KEY);
        assertThat(config.trustedPeers()).isEqualTo(TrustedPeers.nobody());
        assertThat(config.connectionsPerAddress()).isEqualTo(2048);
        assertThat(config.drain()).isEqualTo(new ProxyConfig.Drain(Duration.ZERO, Duration.ofSeconds(10)));
    }

    @Test
    void everyKeyIsRead() {
        // Given
        environment.putAll(Map.of(
                "BENCHTOP_PROXY_TRUSTED_PEERS", "10.0.0.0/8, fd00::1",
                "BENCHTOP_PROXY_CONNECTIONS_PER_ADDRESS", "50",
                "BENCHTOP_PROXY_DRAIN_DELAY", "500ms",
                "BENCHTOP_PROXY_DRAIN", "5m",
                "BENCHTOP_PROXY_GRPC_LISTEN", "127.0.0.1:8001",
                "BENCHTOP_PROXY_RECOVERY", "3s"));
        environment.putAll(Map.of(
                "BENCHTOP_PROXY_LISTEN", "[::1]:8443",
                "BENCHTOP_PROXY_ADMIN_LISTEN", "127.0.0.1:9100",
                "BENCHTOP_PROXY_THREADS", "7",
                "BENCHTOP_PROXY_ACCESS_LOG", "false",
                "BENCHTOP_PUBLIC_URL", "https://bench.example",
                "BENCHTOP_SESSION_COOKIE", "__Host-benchtop-session",
                "BENCHTOP_ALLOWED_HOSTS", "a.example, b.example"));

        // When
        ProxyConfig config = ProxyConfig.from(environment);

        // Then
        assertThat(config)
                .isEqualTo(new ProxyConfig(
                        new InetSocketAddress("::1", 8443),
                        new InetSocketAddress("127.0.0.1", 8001),
                        new InetSocketAddress("127.0.0.1", 9100),
                        URI.create("http://127.0.0.1:9000"),
                        URI.create("https://bench.example"),
                        Set.of("a.example", "b.example"),
                        TrustedPeers.of(Set.of("fd00::1", "10.0.0.0/8")),
                        "__Host-benchtop-session",
                        KEY,
                        folder.resolve("routes.json"),
                        7,
                        50,
                        new ProxyConfig.Drain(Duration.ofMillis(500), Duration.ofMinutes(5)),
                        Duration.ofSeconds(3),
                        false));
        assertThat(config.toString()).doesNotContain(KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "BENCHTOP_PROXY_LISTEN, 8080",
        "BENCHTOP_PROXY_GRPC_LISTEN, 8001",
        "BENCHTOP_PROXY_LISTEN, 127.0.0.1:99999",
        "BENCHTOP_PROXY_THREADS, 0",
        "BENCHTOP_PROXY_THREADS, many",
        "BENCHTOP_PROXY_ACCESS_LOG, yes",
        "BENCHTOP_PROXY_TRUSTED_PEERS, 10.0.0.0/33",
        "BENCHTOP_PROXY_TRUSTED_PEERS, ingress.example",
        "BENCHTOP_PROXY_CONNECTIONS_PER_ADDRESS, 0",
        "BENCHTOP_PROXY_DRAIN, 10",
        "BENCHTOP_PROXY_DRAIN_DELAY, soon",
        "BENCHTOP_SERVICE_URL, ''",
        "BENCHTOP_SERVICE_URL, ftp://x:1",
        "BENCHTOP_PUBLIC_URL, not an address",
        "BENCHTOP_SESSION_COOKIE, 'a b'",
        "BENCHTOP_SESSION_COOKIE, __Host-benchtop-session",
        "BENCHTOP_INTERNAL_KEY_FILE, /nowhere/key",
        "BENCHTOP_ALLOWED_HOSTS, 'https://x'"
    })
    void aWrongValueStopsTheStartAndIsNamed(String key, String value) {
        // Given
        environment.put(key, value);

        // When / Then
        assertThatThrownBy(() -> ProxyConfig.from(environment)).hasMessageContaining(key);
    }

    @Test
    void anUnknownKeyStopsTheStart() {
        // Given
        environment.put("BENCHTOP_PROXY_LISTNE", "127.0.0.1:1");

        // When / Then
        assertThatThrownBy(() -> ProxyConfig.from(environment)).hasMessageContaining("BENCHTOP_PROXY_LISTNE");
    }
}
