package io.benchtop.cli.data;

import io.benchtop.api.connection.ConnectionTest;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.connection.PathSegment;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchtop connections test}. */
@Command(
        name = "test",
        description = "Ask whether a connection answers.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop connections test lake"})
final class ConnectionTestCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "NAME", description = "The connection's name.")
    private String name = "";

    ConnectionTestCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var told = connection
                .rest()
                .send(
                        "POST",
                        ConnectionsCommand.PATH + "/" + PathSegment.of(name) + ":test",
                        null,
                        ConnectionTest.class);
        output.print(told, told::message);
        if (!told.ok()) {
            return 1;
        }
        return 0;
    }
}
