package io.benchtop.cli.workspace;

import io.benchtop.api.workspace.WorkspaceStateCode;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchtop ws start}. */
@Command(
        name = "start",
        description = "Start a workspace's server.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop ws start exp", "  benchtop ws start exp --wait --timeout 5m"})
final class StartCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Mixin
    private final Waiting waiting;

    @Parameters(paramLabel = "WORKSPACE", description = "Slug or id.")
    private String workspace = "";

    StartCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
        this.waiting = new Waiting(surroundings);
    }

    @Override
    public Integer call() throws InterruptedException {
        var rest = connection.rest();
        var workspaces = new Workspaces(rest);
        var begun = workspaces.verb(workspaces.find(workspace), "start");
        var rested = waiting.await(begun, WorkspaceStateCode.RUNNING, rest, output);
        output.print(rested, () -> rested.state().code() + "  " + rested.url());
        return 0;
    }
}
