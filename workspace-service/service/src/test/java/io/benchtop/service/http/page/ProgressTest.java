package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.api.profile.Resources;
import io.benchtop.api.workspace.Workspace;
import io.benchtop.api.workspace.WorkspaceOverrides;
import io.benchtop.api.workspace.WorkspaceState;
import io.benchtop.api.workspace.WorkspaceStateCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    @Test
    void onAClusterAStartHasFivePhasesAndTheLastEventIsSaid() {
        // When
        Progress progress = Progress.of(starting("pulling", "Fetching jupyter/base, 1.2 GiB."), false);

        // Then
        assertThat(progress.phases())
                .extracting(phase -> phase.name() + ":" + phase.css())
                .containsExactly("queued:done", "scheduled:done", "pulling:now", "starting:", "ready:");
        assertThat(progress.phases().get(2).detail()).isEqualTo(HumaneTime.lasting(Duration.ofSeconds(20)));
        assertThat(progress.lead()).startsWith("Fetching jupyter/base, 1.2 GiB.");
    }

    @Test
    void onOneMachineNothingIsPlacedOrFetched() {
        assertThat(Progress.of(starting("starting", ""), true).phases())
                .extracting(phase -> phase.name() + ":" + phase.css())
                .containsExactly("queued:done", "starting:now", "ready:");
    }

    private static WorkspaceView starting(String phase, String detail) {
        WorkspaceState state = new WorkspaceState(
                WorkspaceStateCode.STARTING,
                phase,
                detail,
                NOW.minusSeconds(20).toString(),
                null,
                "",
                NOW.minusSeconds(30).toString(),
                List.of());
        Workspace workspace = new Workspace(
                "ws_abcdefgh2345",
                "exp",
                "Exp",
                "alice",
                "small",
                state,
                "/user/alice/exp/",
                "http://127.0.0.1:8080/user/alice/exp/",
                NOW.toString(),
                null,
                null,
                new Resources(null, null, null),
                new WorkspaceOverrides(null, null, null, null),
                null,
                null,
                null,
                null,
                null,
                "/homes/alice/exp");
        return new WorkspaceView(workspace, NOW);
    }
}
