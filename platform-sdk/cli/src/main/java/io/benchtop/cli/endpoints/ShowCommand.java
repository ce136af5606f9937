package io.benchtop.cli.endpoints;

import io.benchtop.api.endpoint.Endpoint;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchtop endpoints show}. */
@Command(
        name = "show",
        description = "Tell what an endpoint serves, how its versions do, what is on its way and what happened.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop endpoints show risk", "  benchtop endpoints show risk --json"})
final class ShowCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "NAME", description = "The endpoint's name.")
    private String name = "";

    ShowCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var told = connection.rest().get(EndpointsCommand.path(name), Endpoint.class);
        output.print(told, () -> EndpointWords.of(told));
        return 0;
    }
}
