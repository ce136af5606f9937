package io.benchtop.cli;

import io.benchtop.api.status.Status;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code benchtop status}. */
@Command(
        name = "status",
        description = "Tell what this Benchtop is, and what it does not protect.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop status", "  benchtop status --json"})
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    StatusCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var status = connection.rest().get("/api/v1/status", Status.class);
        output.print(status, () -> inWords(status));
        return 0;
    }

    private String inWords(Status status) {
        var table = Table.ofPairs()
                .row("at", connection.url())
                .row("version", status.version())
                .row("spawner", status.spawner())
                .row("database", status.database())
                .row("memory limit", status.limits().memory())
                .row("process limit", status.limits().processes());
        status.warnings().forEach(warning -> table.row("warning", warning));
        return table.toString();
    }
}
