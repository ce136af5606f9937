package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.ServerEnding;
import io.benchtop.service.spawn.ServerStatus;
import io.benchtop.service.spawn.ServerStatus.Alive;
import io.benchtop.service.spawn.ServerStatus.Ended;
import io.benchtop.service.workspace.WorkspaceState.Deleting;
import io.benchtop.service.workspace.WorkspaceState.Failed;
import io.benchtop.service.workspace.WorkspaceState.Queued;
import io.benchtop.service.workspace.WorkspaceState.Running;
import io.benchtop.service.workspace.WorkspaceState.Starting;
import io.benchtop.service.workspace.WorkspaceState.Stopped;
import io.benchtop.service.workspace.WorkspaceState.Stopping;
import java.util.List;

/**
 * The next step for one workspace. {@link #decide} looks at nothing but its two arguments, so whoever crashed in between,
 * the next service comes to the same step.
 */
sealed interface Action {

    /** All is as it should be. */
    record Nothing() implements Action {}

    /** Start the server, or wait for the one that is on its way: starting is adopting. */
    record Start() implements Action {}

    /** End the server. */
    record Stop() implements Action {}

    /** The server is gone as was wanted: write it down. */
    record RecordStopped() implements Action {}

    /** The server is gone and nobody wanted it: write down why. */
    record RecordEnded(ServerEnding ending) implements Action {

        public RecordEnded {
            requireNonNull(ending, "ending is null");
        }
    }

    /** Take care of the files and forget the workspace. */
    record Remove() implements Action {}

    static Action decide(Workspace workspace, ServerStatus observed) {
        boolean alive = observed instanceof Alive;
        return switch (workspace.state()) {
            case Stopped _, Failed _ -> alive ? new Stop() : new Nothing();
            case Queued _ -> new Start();
            case Starting _ -> startOrFail(workspace, observed);
            case Running _ -> keep(workspace, observed);
            case Stopping _ -> alive ? new Stop() : new RecordStopped();
            case Deleting _ -> alive ? new Stop() : new Remove();
        };
    }

    /** A taken port is no end: the start goes on with another one. */
    private static Action startOrFail(Workspace workspace, ServerStatus observed) {
        boolean failed = observed instanceof Ended(long generation, ServerEnding ending)
                && generation == workspace.generation()
                && ending.code() != EndingCode.PORT_TAKEN;
        return failed ? new RecordEnded(((Ended) observed).ending()) : new Start();
    }

    private static Action keep(Workspace workspace, ServerStatus observed) {
        return switch (observed) {
            case Alive alive -> alive.generation() == workspace.generation() ? new Nothing() : new Stop();
            case Ended(long generation, ServerEnding ending)
            when generation == workspace.generation() -> new RecordEnded(ending);
            default ->
                new RecordEnded(new ServerEnding(
                        EndingCode.EXITED,
                        "The server is gone without a word: its processes were killed, or the machine was restarted.",
                        List.of()));
        };
    }
}
