package io.benchtop.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SiteRulesTest {

    @Test
    void thePublicHostMayBeLocalhostItself() {
        // When
        SiteRules rules = new SiteRules(URI.create("http://localhost:8080"), Set.of("Localhost", "bench.internal"));

        // Then
        assertThat(rules.allowsHost("localhost:8080")).isTrue();
        assertThat(rules.allowsHost("bench.internal")).isTrue();
        assertThat(rules.allowsHost("localhost.evil.example")).isFalse();
    }
}
