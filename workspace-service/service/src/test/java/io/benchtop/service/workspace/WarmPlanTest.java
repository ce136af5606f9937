package io.benchtop.service.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.spawn.WarmServer;
import io.benchtop.service.spawn.WarmServer.State;
import io.benchtop.service.spawn.WorkspaceId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WarmPlanTest {

    private static WarmServer server(String kind, State state) {
        return new WarmServer(WorkspaceId.random(), kind, state);
    }

    @Test
    void makesWhatIsMissing() {
        // Given
        List<WarmServer> waiting = List.of(server("small", State.READY), server("large", State.STARTING));

        // When
        WarmPlan plan = WarmPlan.of(Map.of("small", 3, "large", 1), waiting);

        // Then
        assertThat(plan).isEqualTo(new WarmPlan(Map.of("small", 2), List.of()));
    }

    @Test
    void discardsWhatIsTooManyAndTheReadyOnesLast() {
        // Given
        WarmServer starting = server("small", State.STARTING);
        WarmServer ready = server("small", State.READY);

        // Then
        assertThat(WarmPlan.of(Map.of("small", 1), List.of(starting, ready)))
                .isEqualTo(new WarmPlan(Map.of(), List.of(starting.id())));
    }

    @Test
    void discardsWhatNobodyWantsAnyMore() {
        // Given
        WarmServer old = server("of an older profile", State.READY);

        // Then
        assertThat(WarmPlan.of(Map.of("small", 1), List.of(old)))
                .isEqualTo(new WarmPlan(Map.of("small", 1), List.of(old.id())));
    }

    @Test
    void replacesWhatHasEnded() {
        // Given
        WarmServer ended = server("small", State.ENDED);

        // Then
        assertThat(WarmPlan.of(Map.of("small", 1), List.of(ended)))
                .isEqualTo(new WarmPlan(Map.of("small", 1), List.of(ended.id())));
    }
}
