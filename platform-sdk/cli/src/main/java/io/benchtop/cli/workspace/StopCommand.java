package io.benchtop.cli.workspace;

import io.benchtop.api.workspace.WorkspaceStateCode;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchtop ws stop}. */
@Command(
        name = "stop",
        description = "Stop a workspace's server. Files stay; what is only in the memory of notebooks is lost.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop ws stop exp", "  benchtop ws stop exp --wait"})
final class StopCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Mixin
    private final Waiting waiting;

    @Parameters(paramLabel = "WORKSPACE", description = "Slug or id.")
    private String workspace = "";

    StopCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
        this.waiting = new Waiting(surroundings);
    }

    @Override
    public Integer call() throws InterruptedException {
        var rest = connection.rest();
        var workspaces = new Workspaces(rest);
        var begun = workspaces.verb(workspaces.find(workspace), "stop");
        var rested = waiting.await(begun, WorkspaceStateCode.STOPPED, rest, output);
        output.print(rested, () -> rested.state().code() + "  " + rested.slug());
        return 0;
    }
}
