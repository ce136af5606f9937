package io.benchtop.service.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.profile.OptionSlug;
import io.benchtop.service.profile.ProfileChoice;
import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.ServerEnding;
import io.benchtop.service.spawn.ServerStatus;
import io.benchtop.service.spawn.ServerStatus.Absent;
import io.benchtop.service.spawn.ServerStatus.Alive;
import io.benchtop.service.spawn.ServerStatus.Ended;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.StartPhase;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.workspace.WorkspaceState.Deleting;
import io.benchtop.service.workspace.WorkspaceState.Failed;
import io.benchtop.service.workspace.WorkspaceState.Queued;
import io.benchtop.service.workspace.WorkspaceState.Running;
import io.benchtop.service.workspace.WorkspaceState.Starting;
import io.benchtop.service.workspace.WorkspaceState.Stopped;
import io.benchtop.service.workspace.WorkspaceState.Stopping;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ActionTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Reason REASON = Reason.of("EXITED", "It exited.");
    private static final ServerEnding EXITED = new ServerEnding(EndingCode.EXITED, "It exited.", List.of());
    private static final ServerEnding PORT_TAKEN = new ServerEnding(EndingCode.PORT_TAKEN, "Taken.", List.of());

    private static final Starting STARTING = new Starting(NOW, new StartProgress(StartPhase.PULLING, "", NOW));
    private static final ServerStatus ABSENT = new Absent();
    private static final ServerStatus ALIVE = alive(5);
    private static final ServerStatus OLDER = alive(4);

    static Stream<Arguments> table() {
        Action nothing = new Action.Nothing();
        Action start = new Action.Start();
        Action stop = new Action.Stop();
        Action stopped = new Action.RecordStopped();
        Action remove = new Action.Remove();
        return Stream.of(
                Arguments.of(new Stopped(NOW, null), ABSENT, nothing),
                Arguments.of(new Stopped(NOW, null), ALIVE, stop),
                Arguments.of(new Failed(NOW, REASON), new Ended(5, EXITED), nothing),
                Arguments.of(new Failed(NOW, REASON), ALIVE, stop),
                Arguments.of(new Queued(NOW), ABSENT, start),
                Arguments.of(new Queued(NOW), OLDER, start),
                Arguments.of(STARTING, ABSENT, start),
                Arguments.of(STARTING, ALIVE, start),
                Arguments.of(STARTING, new Ended(4, EXITED), start),
                Arguments.of(STARTING, new Ended(5, EXITED), new Action.RecordEnded(EXITED)),
                Arguments.of(STARTING, new Ended(5, PORT_TAKEN), start),
                Arguments.of(new Running(NOW), ALIVE, nothing),
                Arguments.of(new Running(NOW), OLDER, stop),
                Arguments.of(new Running(NOW), new Ended(5, EXITED), new Action.RecordEnded(EXITED)),
                Arguments.of(new Stopping(NOW, null), ALIVE, stop),
                Arguments.of(new Stopping(NOW, null), ABSENT, stopped),
                Arguments.of(new Stopping(NOW, null), new Ended(5, EXITED), stopped),
                Arguments.of(new Deleting(NOW), ALIVE, stop),
                Arguments.of(new Deleting(NOW), ABSENT, remove));
    }

    @ParameterizedTest
    @MethodSource("table")
    void theNextStepFollowsFromWhatIsWrittenAndWhatIsSeen(WorkspaceState state, ServerStatus seen, Action step) {
        assertThat(Action.decide(workspace(state), seen)).isEqualTo(step);
    }

    @Test
    void aRunningServerThatIsGoneWithoutATraceIsToldAsKilled() {
        assertThat(Action.decide(workspace(new Running(NOW)), ABSENT))
                .isInstanceOfSatisfying(
                        Action.RecordEnded.class,
                        step -> assertThat(step.ending().sentence()).contains("killed"));
    }

    private static Workspace workspace(WorkspaceState state) {
        return new Workspace(
                new WorkspaceId("ws_abcdefgh2345"),
                new UserName("alice"),
                new Slug("exp"),
                new DisplayName("Exp"),
                ProfileChoice.of(new OptionSlug("standard")),
                NOW,
                DesiredState.RUNNING,
                state,
                5,
                null,
                null);
    }

    private static Alive alive(long generation) {
        return new Alive(generation, "pid 1", URI.create("http://127.0.0.1:1"), "key", NOW, null);
    }
}
