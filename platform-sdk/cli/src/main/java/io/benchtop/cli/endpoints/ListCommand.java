package io.benchtop.cli.endpoints;

import io.benchtop.api.endpoint.EndpointList;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import io.benchtop.cli.support.Words;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code benchtop endpoints ls}. */
@Command(
        name = "ls",
        aliases = "list",
        description = "List the endpoints that you may see.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop endpoints ls", "  benchtop endpoints ls --json"})
final class ListCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    ListCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var told = connection.rest().get(EndpointsCommand.PATH, EndpointList.class);
        output.print(told, () -> inWords(told));
        return 0;
    }

    private static String inWords(EndpointList told) {
        if (told.endpoints().isEmpty()) {
            return "There is no endpoint that you may see.";
        }
        var table = new Table("ENDPOINT", "MODEL", "SERVES", "ROLLOUT", "OWNER", "CHANGED");
        for (var it : told.endpoints()) {
            table.row(
                    it.name(),
                    it.model(),
                    EndpointWords.shares(it),
                    it.rollout().phase(),
                    it.owner(),
                    Words.ofInstant(it.changedAt()));
        }
        return table.toString();
    }
}
