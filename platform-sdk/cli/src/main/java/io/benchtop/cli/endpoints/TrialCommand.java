package io.benchtop.cli.endpoints;

import io.benchtop.api.endpoint.Trial;
import io.benchtop.api.endpoint.TrialList;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop endpoints trial}. */
@Command(
        name = "trial",
        description = "Tell how an endpoint's A/B test stands: the verdict, both versions, and how far it is.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop endpoints trial risk", "  benchtop endpoints trial risk --number 1 --json"})
final class TrialCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "NAME", description = "The endpoint's name.")
    private String name = "";

    @Option(names = "--number", paramLabel = "NUMBER", description = "Which of its trials; the newest if not given.")
    private @Nullable Integer number;

    TrialCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var path = EndpointsCommand.path(name) + "/trials";
        if (number != null) {
            print(connection.rest().get(path + "/" + number, Trial.class));
            return 0;
        }
        var trials = connection.rest().get(path, TrialList.class);
        if (trials.trials().isEmpty()) {
            output.print(trials, () -> "No trial was begun at " + name + ".");
        } else {
            print(trials.trials().getFirst());
        }
        return 0;
    }

    private void print(Trial told) {
        output.print(told, () -> TrialWords.of(told));
    }
}
