package io.benchtop.service.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.spawn.WarmServer;
import io.benchtop.service.spawn.WarmServer.State;
import io.benchtop.service.spawn.WorkspaceId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmRestsTest {

    private static final Instant NOW = Instant.EPOCH;

    private final WarmRests rests = new WarmRests();

    private void note(State state, Instant at) {
        rests.note(List.of(new WarmServer(WorkspaceId.random(), "small", state)), at);
    }

    @Test
    void waitsTwiceAsLongEachTime() {
        // When
        note(State.ENDED, NOW);

        // Then
        assertThat(rests.rests("small", NOW.plusSeconds(9))).isTrue();
        assertThat(rests.rests("small", NOW.plusSeconds(10))).isFalse();
        assertThat(rests.rests("large", NOW)).isFalse();

        // When
        note(State.ENDED, NOW.plusSeconds(10));

        // Then
        assertThat(rests.rests("small", NOW.plusSeconds(29))).isTrue();
        assertThat(rests.rests("small", NOW.plusSeconds(30))).isFalse();
    }

    @Test
    void neverWaitsLongerThanSomeMinutes() {
        // When
        for (int i = 0; i < 100; i++) {
            note(State.ENDED, NOW);
        }

        // Then
        assertThat(rests.rests("small", NOW.plusSeconds(641))).isFalse();
    }

    @Test
    void beginsAnewOnceOneIsReady() {
        // Given
        note(State.ENDED, NOW);
        note(State.ENDED, NOW);
        note(State.READY, NOW);

        // When
        note(State.ENDED, NOW);

        // Then
        assertThat(rests.rests("small", NOW.plusSeconds(11))).isFalse();
    }
}
