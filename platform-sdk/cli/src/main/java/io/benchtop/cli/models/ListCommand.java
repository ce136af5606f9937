package io.benchtop.cli.models;

import io.benchtop.api.model.ModelList;
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

/** {@code benchtop models ls}. */
@Command(
        name = "ls",
        aliases = "list",
        description = "List the models that you may read.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop models ls", "  benchtop models ls risk --json"})
final class ListCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "A text that name or description have.")
    private String text = "";

    ListCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var query = text.isEmpty() ? "" : "?text=" + PathSegment.of(text);
        var told = connection.rest().get(ModelReference.PATH + query, ModelList.class);
        output.print(told, () -> inWords(told));
        return 0;
    }

    private static String inWords(ModelList told) {
        if (told.models().isEmpty()) {
            return "There is no model that you may read.";
        }
        var table = new Table("MODEL", "LATEST", "ALIASES", "OWNER", "CHANGED");
        for (var it : told.models()) {
            var latest = it.latest();
            table.row(
                    it.name(),
                    latest == null ? "-" : latest.version(),
                    AliasWords.of(it.aliases()),
                    it.owner(),
                    Words.ofInstant(it.changedAt()));
        }
        return table.toString();
    }
}
