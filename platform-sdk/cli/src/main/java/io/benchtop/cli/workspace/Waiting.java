package io.benchtop.cli.workspace;

import io.benchtop.api.workspace.Workspace;
import io.benchtop.api.workspace.WorkspaceStateCode;
import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.ExitCode;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.sdk.DurationText;
import io.benchtop.sdk.rest.RestClient;
import picocli.CommandLine.Option;

/** {@code --wait}: go on only when the workspace rests, and fail if it is not where it should be. */
final class Waiting {

    @Option(names = "--wait", description = "Wait until it is done, telling the progress on standard error.")
    private boolean wanted;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "2m",
            description = "How long to wait at most (2m).")
    private String timeout = "2m";

    @Option(names = "--verbose", description = "With --wait: tell the lines of the server's log as well.")
    private boolean verbose;

    private final Surroundings surroundings;

    Waiting(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The workspace when it rests, or as it is if nobody waits. */
    Workspace await(Workspace begun, WorkspaceStateCode goal, RestClient rest, Output output)
            throws InterruptedException {
        var patience = DurationText.parse(timeout);
        if (!wanted) {
            return begun;
        }
        var rested = new Progress(rest, output, verbose, surroundings.clock()).follow(begun, patience);
        if (rested.state().code() != goal) {
            rested.state().logTail().forEach(line -> output.progress("  " + line));
            throw new CommandFailure(
                    "Workspace '%s' is %s: %s"
                            .formatted(
                                    rested.slug(),
                                    rested.state().code(),
                                    rested.state().message()),
                    ExitCode.FAILED);
        }
        return rested;
    }
}
