package io.benchtop.cli.endpoints;

import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Sure;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchtop endpoints rm}. */
@Command(
        name = "rm",
        aliases = "delete",
        description = "Delete an endpoint: it answers nobody any more. Its model stays.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop endpoints rm risk", "  benchtop endpoints rm risk --yes"})
final class RemoveCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Sure sure;

    @Parameters(paramLabel = "NAME", description = "The endpoint's name.")
    private String name = "";

    private final Surroundings surroundings;

    RemoveCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.sure = new Sure(surroundings);
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        sure.require("endpoint", name);
        connection.rest().send("DELETE", EndpointsCommand.path(name), null);
        surroundings.out().println(Table.harmless(name) + " is deleted.");
        return 0;
    }
}
