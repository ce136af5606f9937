package io.benchtop.cli.runs;

import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import io.benchtop.cli.support.Words;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchtop runs show}. */
@Command(
        name = "show",
        description = "Tell what a run was given and what came of it.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop runs show 5f1c", "  benchtop runs show 5f1c --json"})
final class ShowCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "RUN", description = "Its id.")
    private String run = "";

    ShowCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var told = ToldRun.get(connection.rest(), run);
        output.print(told.json(), () -> inWords(told));
        return 0;
    }

    private static String inWords(ToldRun told) {
        var table = Table.ofPairs()
                .row("run", told.id())
                .row("name", told.name())
                .row("status", told.status())
                .row("started", Words.ofInstant(told.started()));
        told.pairs("params").forEach((name, value) -> table.row("param " + name, value));
        told.pairs("metrics").forEach((name, value) -> table.row("metric " + name, value));
        return table.toString();
    }
}
