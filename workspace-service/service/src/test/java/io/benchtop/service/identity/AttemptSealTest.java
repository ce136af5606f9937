package io.benchtop.service.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptSealTest {

    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");

    private final AttemptSeal seal = new AttemptSeal(key(1));
    private final SignInAttempt attempt = SignInAttempt.begin("/user/a/b/lab?x=1", NOW);

    @Test
    void whatWasSealedIsOpenedByAnyoneWithTheKey() {
        assertThat(new AttemptSeal(key(1)).open(seal.seal(attempt))).contains(attempt);
    }

    @Test
    void s28AnotherInstallationsSealIsNotOpened() {
        assertThat(new AttemptSeal(key(2)).open(seal.seal(attempt))).isEmpty();
    }

    @Test
    void s28NoBitOfASealCanBeChanged() {
        // Given
        byte[] sealed = Base64.getUrlDecoder().decode(seal.seal(attempt));

        for (int i = 0; i < sealed.length; i++) {
            // When
            byte[] changed = sealed.clone();
            changed[i] ^= 1;

            // Then
            assertThat(seal.open(Base64.getUrlEncoder().withoutPadding().encodeToString(changed)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "AAAAAAAAAAAAAAAA", "not base64!", "a.b.c"})
    void whatIsNoSealIsNotOpened(String text) {
        assertThat(seal.open(text)).isEmpty();
        assertThat(seal.open(text + "A".repeat(5000))).isEmpty();
    }

    @Test
    void s08TheBrowserCannotReadWhatItKeepsAndLogsDoNotShowIt() {
        // When
        String text = new String(Base64.getUrlDecoder().decode(seal.seal(attempt)), StandardCharsets.ISO_8859_1);

        // Then
        assertThat(text).doesNotContain(attempt.verifier(), attempt.nonce(), attempt.state());
        assertThat(attempt.toString()).doesNotContain(attempt.verifier());
        assertThat(seal.seal(attempt)).isNotEqualTo(seal.seal(attempt));
    }

    @Test
    void aCookieHoldsTheLongestPath() {
        // Given
        SignInAttempt longest = SignInAttempt.begin("/" + "x".repeat(1999), NOW);

        // Then
        assertThat(seal.seal(longest)).hasSizeLessThan(3500);
        assertThat(seal.open(seal.seal(longest))).contains(longest);
    }

    @Test
    void aKeyIsWhole() {
        assertThatThrownBy(() -> new AttemptSeal(new byte[16])).hasMessageContaining("32 bytes");
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }
}
