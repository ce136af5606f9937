package io.benchtop.cli.endpoints;

import io.benchtop.api.endpoint.Endpoint;
import io.benchtop.api.endpoint.EndpointSettings;
import io.benchtop.api.endpoint.PromoteRequest;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.models.ModelReference;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop endpoints promote}. */
@Command(
        name = "promote",
        description =
                "Put a version of a model into production, all at once or step by step; the endpoint is made if it is not there.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  benchtop endpoints promote risk@1.2.3 risk",
            "  benchtop endpoints promote risk@1.2.3 risk --canary 5,20,50 --every 30m --max-error-rate 0.01 --max-p99 50",
            "  benchtop endpoints promote risk@0.0.2 risk --split 0.0.1=90,0.0.2=10",
            "  benchtop endpoints promote risk@0.0.2 risk --shadow 20",
            "  benchtop endpoints promote risk@0.0.2 risk --hardware gpu"
        })
final class PromoteCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "MODEL@VERSION", description = "By number or alias.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The endpoint's name.")
    private String name = "";

    @Mixin
    private final StrategyOptions strategy = new StrategyOptions();

    @Option(
            names = "--hardware",
            paramLabel = "NAME",
            description = "What it runs on from now on, of what an administrator offers.")
    private @Nullable String hardware;

    PromoteCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var reference = ModelReference.parse(model);
        var asked = new PromoteRequest(reference.name(), reference.someVersion(), strategy.chosen(), settings());
        var told = connection.rest().send("POST", EndpointsCommand.path(name) + ":promote", asked, Endpoint.class);
        output.print(told, () -> EndpointWords.rollout(told));
        return 0;
    }

    private @Nullable EndpointSettings settings() {
        return hardware == null ? null : new EndpointSettings(null, null, null, null, hardware);
    }
}
