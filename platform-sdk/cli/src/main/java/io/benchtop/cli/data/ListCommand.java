package io.benchtop.cli.data;

import io.benchtop.api.dataset.DatasetList;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.connection.PathSegment;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import io.benchtop.cli.support.Words;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchtop data ls}. */
@Command(
        name = "ls",
        description = "List the datasets that you may read.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop data ls", "  benchtop data ls sales --json"})
final class ListCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "A text that name, description or tags have.")
    private String search = "";

    ListCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var query = search.isEmpty() ? "" : "?search=" + PathSegment.of(search);
        var told = connection.rest().get("/api/v1/datasets" + query, DatasetList.class);
        output.print(told, () -> inWords(told));
        return 0;
    }

    private static String inWords(DatasetList told) {
        if (told.datasets().isEmpty()) {
            return "There is no dataset that you may read.";
        }
        var table = new Table("DATASET", "KIND", "VERSION", "ROWS", "SIZE", "OWNER", "CHANGED");
        for (var it : told.datasets()) {
            var latest = it.latest();
            table.row(
                    it.name(),
                    it.kind(),
                    latest == null ? "-" : Long.toString(latest.number()),
                    latest == null || latest.rows() == null
                            ? "-"
                            : latest.rows().toString(),
                    latest == null ? "-" : Words.ofBytes(latest.bytes()),
                    it.owner(),
                    Words.ofInstant(it.changedAt()));
        }
        return table.toString();
    }
}
