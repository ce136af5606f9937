package io.benchtop.cli.data;

import io.benchtop.api.dataset.Dataset;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import io.benchtop.cli.support.Words;
import io.benchtop.sdk.data.DatasetName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchtop data show}. */
@Command(
        name = "show",
        description = "Tell what a dataset is, its columns and who may read it.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop data show sales/orders", "  benchtop data show sales/orders --json"})
final class ShowCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "NAME", description = "Two words with a slash, such as sales/orders.")
    private String name = "";

    ShowCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var told = connection.rest().get(DatasetName.path(name), Dataset.class);
        output.print(told, () -> inWords(told));
        return 0;
    }

    private static String inWords(Dataset told) {
        var table = Table.ofPairs()
                .row("dataset", told.name())
                .row("description", told.description())
                .row("owner", told.owner())
                .row("readers", told.readers().isEmpty() ? "the owner alone" : String.join(", ", told.readers()))
                .row("kind", told.kind());
        var latest = told.latest();
        if (latest == null) {
            return table.row("version", "none yet").toString();
        }
        table.row("version", Long.toString(latest.number()))
                .row("made", Words.ofInstant(latest.createdAt()) + " by " + latest.createdBy())
                .row("format", latest.format())
                .row(
                        "rows",
                        latest.rows() == null ? "not counted" : latest.rows().toString())
                .row("size", Words.ofBytes(latest.bytes()));
        latest.columns().forEach(column -> table.row("column", column.name() + "  " + column.type()));
        return table.toString();
    }
}
