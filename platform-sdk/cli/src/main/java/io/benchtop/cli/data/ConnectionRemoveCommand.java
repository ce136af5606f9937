package io.benchtop.cli.data;

import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.connection.PathSegment;
import io.benchtop.cli.support.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchtop connections rm}. */
@Command(
        name = "rm",
        description = "Remove a connection; the data stays where it is.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop connections rm lake"})
final class ConnectionRemoveCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "NAME", description = "The connection's name.")
    private String name = "";

    private final Surroundings surroundings;

    ConnectionRemoveCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        connection.rest().send("DELETE", ConnectionsCommand.PATH + "/" + PathSegment.of(name), null);
        surroundings.out().println("Connection '" + name + "' is removed.");
        return 0;
    }
}
