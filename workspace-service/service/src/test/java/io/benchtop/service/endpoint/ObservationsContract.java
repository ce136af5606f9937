package io.benchtop.service.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link Observations} must do. */
public abstract class ObservationsContract {

    private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");
    private static final Instant RECENTLY = NOW.minusSeconds(15);

    private final EndpointId orders = EndpointId.random();
    private final EndpointId prices = EndpointId.random();

    /** An empty one, the same for each call in a test. */
    protected abstract Observations observations();

    @Test
    void aGenerationIsInForceWhenTheLastProxyGoesByIt() {
        // Given
        observations().observe("proxy-a", NOW, Map.of(orders.value(), 3L));
        observations().observe("proxy-b", NOW, Map.of(orders.value(), 2L, prices.value(), 9L));

        // Then
        assertThat(observations().areAt(orders, 2, RECENTLY)).isTrue();
        assertThat(observations().areAt(orders, 3, RECENTLY)).isFalse();
        assertThat(observations().areAt(prices, 1, RECENTLY)).isFalse();

        // When
        observations().observe("proxy-b", NOW, Map.of(orders.value(), 4L));

        // Then
        assertThat(observations().areAt(orders, 3, RECENTLY)).isTrue();
    }

    @Test
    void aProxyThatIsGoneIsNotWaitedFor() {
        // Given
        observations().observe("proxy-a", NOW.minus(Duration.ofMinutes(1)), Map.of(orders.value(), 1L));
        observations().observe("proxy-b", NOW, Map.of(orders.value(), 2L));

        // Then
        assertThat(observations().areAt(orders, 2, RECENTLY)).isTrue();
        assertThat(observations().areAt(orders, 2, NOW.minus(Duration.ofMinutes(2))))
                .isFalse();

        // When
        observations().forgetBefore(RECENTLY);

        // Then
        assertThat(observations().areAt(orders, 2, Instant.EPOCH)).isTrue();
    }

    @Test
    void whereNoProxyIsNothingIsWaitedFor() {
        assertThat(observations().areAt(orders, 1, RECENTLY)).isTrue();
    }
}
