package io.benchtop.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccessLogTest {

    @Test
    void s08_theSecretOfASignInLinkIsNotLogged() {
        assertThat(AccessLog.loggable("/login/link/abcdef")).isEqualTo("/login/link/***");
    }

    @Test
    void s09_aLongPathIsCutAndStaysOneValidLine() {
        // When
        String shown = AccessLog.loggable("/" + "a\"b\\".repeat(10_000));

        // Then
        assertThat(shown.length()).isLessThan(450);
        assertThat(shown).startsWith("/a\\\"b\\\\").doesNotContain("\n").endsWith("...");
    }
}
