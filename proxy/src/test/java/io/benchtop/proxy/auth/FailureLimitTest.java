package io.benchtop.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class FailureLimitTest {

    private final FailureLimit limit = new FailureLimit();
    private final InetAddress forger = InetAddress.ofLiteral("192.0.2.1");
    private final InetAddress other = InetAddress.ofLiteral("192.0.2.2");

    @Test
    void anAddressWithManyForgeriesWaitsAndIsForgivenLater() {
        // When
        for (int i = 0; i < 60; i++) {
            limit.failed(forger, 1_000_000);
        }

        // Then
        assertThat(limit.allows(forger, 1_000_000)).isFalse();
        assertThat(limit.allows(other, 1_000_000)).isTrue();
        assertThat(limit.allows(forger, 1_000_000 + 60_000)).isTrue();
    }

    @Test
    void aFewMistakesAreFree() {
        // When
        for (int i = 0; i < 10; i++) {
            limit.failed(forger, 1_000_000);
        }

        // Then
        assertThat(limit.allows(forger, 1_000_000)).isTrue();
    }
}
