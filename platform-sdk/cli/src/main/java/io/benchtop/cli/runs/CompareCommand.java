package io.benchtop.cli.runs;

import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchtop runs compare}. */
@Command(
        name = "compare",
        description = "Show parameters and metrics of runs side by side; * marks what differs.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop runs compare 5f1c 9a02"})
final class CompareCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(arity = "2..*", paramLabel = "RUN", description = "Ids.")
    private List<String> runs = List.of();

    CompareCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var rest = connection.rest();
        var told = runs.stream().map(id -> ToldRun.get(rest, id)).toList();
        output.print(told.stream().map(ToldRun::json).toList(), () -> inWords(told));
        return 0;
    }

    private static String inWords(List<ToldRun> told) {
        var headings = new ArrayList<>(List.of(""));
        told.forEach(run -> headings.add(run.id()));
        headings.add("");
        var table = new Table(headings.toArray(String[]::new));
        for (var kind : List.of("params", "metrics")) {
            var names = new TreeSet<String>();
            told.forEach(run -> names.addAll(run.pairs(kind).keySet()));
            for (var name : names) {
                var cells = told.stream()
                        .map(run -> run.pairs(kind).getOrDefault(name, "-"))
                        .toList();
                var row = new ArrayList<>(List.of(name));
                row.addAll(cells);
                row.add(new HashSet<>(cells).size() > 1 ? "*" : "");
                table.row(row.toArray(String[]::new));
            }
        }
        return table.toString();
    }
}
