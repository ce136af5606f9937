package io.benchtop.cli.endpoints;

import io.benchtop.api.endpoint.Endpoint;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchtop endpoints end-shadow}. */
@Command(
        name = "end-shadow",
        description = "Ask a version no copies of requests any more; see promote --shadow.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop endpoints end-shadow risk"})
final class EndShadowCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "NAME", description = "The endpoint's name.")
    private String name = "";

    EndShadowCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var path = EndpointsCommand.path(name) + "/shadow";
        var told = connection.rest().send("DELETE", path, null, Endpoint.class);
        output.print(told, () -> EndpointWords.rollout(told));
        return 0;
    }
}
