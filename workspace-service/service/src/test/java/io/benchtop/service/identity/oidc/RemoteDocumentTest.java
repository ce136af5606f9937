package io.benchtop.service.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.MutableClock;
import io.benchtop.service.identity.oidc.ProviderException.Unreachable;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RemoteDocumentTest {

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-21T06:00:00Z"));
    private final RemoteDocument<Integer> document = new RemoteDocument<>(this::fetch, clock);
    private int fetched;
    private boolean away;

    private Integer fetch() throws Unreachable {
        fetched++;
        if (away) {
            throw new Unreachable("no answer");
        }
        return fetched;
    }

    @Test
    void isFetchedWhenNeededAndAgainWhenOld() throws ProviderException {
        // Then
        assertThat(document.current()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(59));
        assertThat(document.current()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(1));
        assertThat(document.current()).isEqualTo(2);
    }

    @Test
    void aNewerOneIsFetchedAtMostEveryFiveSeconds() throws ProviderException {
        // Given
        document.current();

        // Then
        assertThat(document.newer()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(5));
        assertThat(document.newer()).isEqualTo(2);
        assertThat(document.newer()).isEqualTo(2);
    }

    @Test
    void theOldOneCountsWhileTheProviderIsAway() throws ProviderException {
        // Given
        document.current();
        away = true;
        clock.advance(Duration.ofDays(1));

        // Then
        assertThat(document.current()).isEqualTo(1);
    }

    @Test
    void aProviderThatWasAwayAMomentAgoIsNotAskedAgain() throws ProviderException {
        // Given
        away = true;
        assertThatThrownBy(document::current).hasMessage("no answer");
        assertThatThrownBy(document::current).hasMessage("no answer");
        assertThat(fetched).isEqualTo(1);

        // When
        away = false;
        clock.advance(Duration.ofSeconds(5));

        // Then
        assertThat(document.current()).isEqualTo(2);
    }
}
