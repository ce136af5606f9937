package io.benchtop.cli.endpoints;

import io.benchtop.api.endpoint.Endpoint;
import io.benchtop.api.endpoint.RollbackRequest;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop endpoints rollback}. */
@Command(
        name = "rollback",
        description = "Go back to what was served before, at once.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop endpoints rollback risk --reason 'too many errors'"})
final class RollbackCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "NAME", description = "The endpoint's name.")
    private String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in its history.")
    private String reason = "";

    RollbackCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var told = connection
                .rest()
                .send("POST", EndpointsCommand.path(name) + ":rollback", new RollbackRequest(reason), Endpoint.class);
        output.print(told, () -> EndpointWords.rollout(told));
        return 0;
    }
}
