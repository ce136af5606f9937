package io.benchtop.cli.runs;

import com.google.gson.JsonObject;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.connection.PathSegment;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import io.benchtop.cli.support.Words;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchtop runs ls}. */
@Command(
        name = "ls",
        description = "List the newest runs of an experiment, 100 at most.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop runs ls churn", "  benchtop runs ls churn --json"})
final class ListCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "EXPERIMENT", description = "Its name.")
    private String experiment = "";

    ListCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var rest = connection.rest();
        var path = RunsCommand.PATH + "experiments/get-by-name?experiment_name=" + PathSegment.of(experiment);
        var id = rest.get(path, JsonObject.class)
                .getAsJsonObject("experiment")
                .get("experiment_id")
                .getAsString();
        var asked = Map.of("experiment_ids", List.of(id), "max_results", 100);
        var told = rest.send("POST", RunsCommand.PATH + "runs/search", asked, JsonObject.class);
        output.print(told, () -> inWords(told));
        return 0;
    }

    private static String inWords(JsonObject told) {
        if (!told.has("runs") || told.getAsJsonArray("runs").isEmpty()) {
            return "There is no run.";
        }
        var table = new Table("RUN", "NAME", "STATUS", "STARTED", "METRICS");
        told.getAsJsonArray("runs").forEach(json -> {
            var run = new ToldRun(json.getAsJsonObject());
            var metrics = run.pairs("metrics").toString();
            table.row(
                    run.id(),
                    run.name(),
                    run.status(),
                    Words.ofInstant(run.started()),
                    metrics.substring(1, metrics.length() - 1));
        });
        return table.toString();
    }
}
