package io.benchtop.cli.data;

import io.benchtop.api.connection.ConnectionList;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code benchtop connections ls}. */
@Command(
        name = "ls",
        description = "List the connections.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop connections ls", "  benchtop connections ls --json"})
final class ConnectionListCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    ConnectionListCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var told = connection.rest().get(ConnectionsCommand.PATH, ConnectionList.class);
        output.print(told, () -> inWords(told));
        return 0;
    }

    private static String inWords(ConnectionList told) {
        if (told.connections().isEmpty()) {
            return "There is no connection.";
        }
        var table = new Table("CONNECTION", "KIND", "OWNER", "STATE", "DESCRIPTION");
        told.connections().forEach(it -> table.row(it.name(), it.kind(), it.owner(), it.state(), it.description()));
        return table.toString();
    }
}
