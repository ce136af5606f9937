package io.benchtop.cli.workspace;

import io.benchtop.api.workspace.CreateWorkspaceRequest;
import io.benchtop.api.workspace.Workspace;
import io.benchtop.api.workspace.WorkspaceStateCode;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop ws create}. */
@Command(
        name = "create",
        description = "Make a workspace.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  benchtop ws create \"My experiments\"",
            "  benchtop ws create \"My experiments\" --slug exp --profile large --start --wait",
            "  benchtop ws create Training --profile gpu --gpus 2 --memory 32GiB"
        })
final class CreateCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Mixin
    private final Waiting waiting;

    @Mixin
    private final OverrideOptions overrides = new OverrideOptions();

    @Parameters(paramLabel = "NAME", description = "What it is called; free text, may be changed later.")
    private String name = "";

    @Option(
            names = "--slug",
            paramLabel = "SLUG",
            description = "Its name in addresses; made from the name if missing.")
    private @Nullable String slug;

    @Option(
            names = "--profile",
            paramLabel = "SLUG",
            description = "What it is made of, see benchtop profile ls; the usual one if missing.")
    private @Nullable String profile;

    @Option(names = "--start", description = "Start it at once.")
    private boolean start;

    CreateCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
        this.waiting = new Waiting(surroundings);
    }

    @Override
    public Integer call() throws InterruptedException {
        var rest = connection.rest();
        var made = rest.send(
                "POST",
                Workspaces.PATH,
                new CreateWorkspaceRequest(name, slug, profile, overrides.chosen(), start),
                Workspace.class);
        var rested = start ? waiting.await(made, WorkspaceStateCode.RUNNING, rest, output) : made;
        output.print(
                rested,
                () -> "Workspace '" + Table.harmless(rested.slug()) + "' (" + rested.id() + ") is made, "
                        + rested.state().code() + ".\n"
                        + (start ? rested.url() : "Start it with: benchtop ws start " + rested.slug()));
        return 0;
    }
}
