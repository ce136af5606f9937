package io.benchtop.service.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {

    private final MutableClock clock = new MutableClock(Instant.EPOCH);
    private final SlidingWindow window = new SlidingWindow(2, Duration.ofSeconds(10), 3, clock);

    @Test
    void saysHowLongToWait() {
        // Given
        window.tryAdd("a");
        clock.advance(Duration.ofSeconds(4));
        window.tryAdd("a");

        // Then
        assertThat(window.tryAdd("a")).contains(Duration.ofSeconds(6));
        assertThat(window.tryAdd("b")).isEmpty();
        clock.advance(Duration.ofSeconds(6));
        assertThat(window.tryAdd("a")).isEmpty();
        assertThat(window.tryAdd("a")).contains(Duration.ofSeconds(4));
    }

    @Test
    void takesBackWhatTurnedOutWell() {
        // Given
        window.tryAdd("a");
        window.tryAdd("a");

        // When
        window.takeBack("a");

        // Then
        assertThat(window.tryAdd("a")).isEmpty();
        assertThat(window.tryAdd("a")).isPresent();
    }

    @Test
    void forgetsTheKeyLongestUnused() {
        // Given
        window.tryAdd("a");
        window.tryAdd("a");
        for (String key : new String[] {"b", "c", "d"}) {
            window.tryAdd(key);
        }

        // Then
        assertThat(window.tryAdd("a")).isEmpty();
    }
}
