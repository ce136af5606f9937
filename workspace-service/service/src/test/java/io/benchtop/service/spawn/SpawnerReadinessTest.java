package io.benchtop.service.spawn;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.MutableClock;
import io.benchtop.service.spawn.SpawnerHealth.Health;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpawnerReadinessTest {

    private static final Instant START = Instant.parse("2026-02-01T10:00:00Z");

    private final MutableClock clock = new MutableClock(START);
    private final FakeSpawner spawner = new FakeSpawner(clock);
    private final SpawnerReadiness readiness = new SpawnerReadiness(spawner, clock);

    private static Health answering(@Nullable Instant lastSeen) {
        return new Health(true, true, lastSeen, "");
    }

    @Test
    void aSpawnerThatIsSeenIsNoTrouble() {
        // Given
        clock.advance(Duration.ofHours(1));

        // Then
        assertThat(readiness.isReady()).isTrue();
        assertThat(readiness.warning()).isEmpty();
    }

    @Test
    void f06AClusterThatIsAwayMakesNobodyUnreadyHoweverLongAndIsToldInWords() {
        // Given
        spawner.feel(new Health(false, false, START, "The cluster does not answer."));
        clock.advance(Duration.ofHours(1));

        // Then
        assertThat(readiness.isReady()).isTrue();
        assertThat(readiness.warning()).hasValue("The cluster does not answer.");

        // When
        spawner.feel(answering(START));

        // Then
        assertThat(readiness.isReady()).isTrue();
    }

    @Test
    void f08AReplicaThatHasNotComparedForMinutesAlthoughTheClusterAnswersIsUnready() {
        // Given
        spawner.feel(answering(START));

        // When
        clock.advance(SpawnerReadiness.LONGEST_BLINDNESS.plusSeconds(1));

        // Then
        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.warning())
                .hasValueSatisfying(words -> assertThat(words)
                        .contains("last compared with the cluster at " + START, "although it answers"));

        // When
        spawner.feel(answering(clock.instant()));

        // Then
        assertThat(readiness.isReady()).isTrue();
    }

    @Test
    void aReplicaThatNeverComparedIsUnreadyOnceItHadTimeForIt() {
        // Given
        spawner.feel(answering(null));

        // Then
        assertThat(readiness.isReady()).isTrue();

        // When
        clock.advance(SpawnerReadiness.LONGEST_BLINDNESS.plusSeconds(1));

        // Then
        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.warning())
                .hasValueSatisfying(words -> assertThat(words).contains("never"));
    }
}
