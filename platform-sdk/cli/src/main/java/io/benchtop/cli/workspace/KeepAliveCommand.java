package io.benchtop.cli.workspace;

import io.benchtop.api.workspace.KeepAlive;
import io.benchtop.api.workspace.KeepAliveRequest;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Words;
import io.benchtop.sdk.DurationText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop ws keep-alive}. */
@Command(
        name = "keep-alive",
        description = "Keep a workspace running although it looks idle.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop ws keep-alive exp 2h --reason \"training overnight\""})
final class KeepAliveCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "Slug or id.")
    private String workspace = "";

    @Parameters(index = "1", paramLabel = "DURATION", description = "From now on, such as 30m, 2h or 1d; at most 24h.")
    private String duration = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; others will see it.")
    private String reason = "";

    KeepAliveCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var asked = DurationText.toIso(DurationText.parse(duration));
        var rest = connection.rest();
        var found = new Workspaces(rest).find(workspace);
        var kept = rest.send(
                "POST",
                Workspaces.path(found.id()) + ":keep-alive",
                new KeepAliveRequest(asked, reason),
                KeepAlive.class);
        output.print(kept, () -> found.slug() + " is kept until " + Words.ofInstant(kept.until()) + ".");
        return 0;
    }
}
