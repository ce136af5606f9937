package io.benchtop.service.identity.bcrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BcryptPasswordHashingTest {

    private final BcryptPasswordHashing hashing = new BcryptPasswordHashing(4);

    @Test
    void matchesOnlyTheSamePassword() {
        // Given
        String hash = hashing.hash("größer 秀樹");

        // Then
        assertThat(hash).startsWith("$2a$04$");
        assertThat(hashing.matches("größer 秀樹", hash)).isTrue();
        assertThat(hashing.matches("grosser 秀樹", hash)).isFalse();
    }

    @Test
    void everyCharacterOfALongPasswordCounts() {
        // Given
        String start = "x".repeat(200);
        String hash = hashing.hash(start + "a");

        // Then
        assertThat(hashing.matches(start + "a", hash)).isTrue();
        assertThat(hashing.matches(start + "b", hash)).isFalse();
    }

    @Test
    void saltsEveryHash() {
        assertThat(hashing.hash("same")).isNotEqualTo(hashing.hash("same"));
    }

    @Test
    void aCostThatIsNoneStopsTheStart() {
        assertThatThrownBy(() -> new BcryptPasswordHashing(3)).hasMessageContaining("4 to 16");
    }
}
