package io.benchtop.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedCacheTest {

    @Test
    void s24_aMillionKeysOfStrangersLeaveItBounded() {
        // Given
        BoundedCache<Integer, String> cache = new BoundedCache<>(1000);

        // When
        for (int i = 0; i < 1_000_000; i++) {
            cache.put(i, "x");
        }

        // Then
        assertThat(cache.size()).isLessThanOrEqualTo(1000);
    }

    @Test
    void whatIsUsedSurvivesWhatIsNot() {
        // Given
        BoundedCache<Integer, String> cache = new BoundedCache<>(100);
        cache.put(-1, "used");

        // When
        for (int i = 0; i < 10_000; i++) {
            cache.put(i, "x");
            cache.get(-1);
        }

        // Then
        assertThat(cache.get(-1)).isEqualTo("used");
        assertThat(cache.get(5)).isNull();
    }

    @Test
    void whatIsRemovedIsGoneFromBothGenerations() {
        // Given
        BoundedCache<Integer, String> cache = new BoundedCache<>(4);
        for (int i = 0; i < 4; i++) {
            cache.put(i, i % 2 == 0 ? "even" : "odd");
        }

        // When
        cache.removeIf("even"::equals);

        // Then
        assertThat(cache.get(0)).isNull();
        assertThat(cache.get(2)).isNull();
        assertThat(cache.get(3)).isEqualTo("odd");
    }
}
