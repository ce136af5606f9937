package io.benchtop.cli.data;

import io.benchtop.api.dataset.ColumnProfile;
import io.benchtop.api.dataset.Preview;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import io.benchtop.sdk.data.DatasetName;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop data preview}. */
@Command(
        name = "preview",
        description = "Show the first rows of a dataset.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop data preview sales/orders", "  benchtop data preview sales/orders --version 3 --json"})
final class PreviewCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "NAME", description = "Two words with a slash, such as sales/orders.")
    private String name = "";

    @Option(names = "--version", paramLabel = "N", description = "Its version; the newest if missing.")
    private @Nullable Long version;

    PreviewCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var query = version == null ? "" : "?version=" + version;
        var told = connection.rest().get(DatasetName.path(name) + "/preview" + query, Preview.class);
        output.print(told, () -> inWords(told));
        return 0;
    }

    private static String inWords(Preview told) {
        var table = new Table(told.columns().stream().map(ColumnProfile::name).toArray(String[]::new));
        told.rows().stream()
                .limit(20)
                .forEach(row -> table.row(row.stream().map(PreviewCommand::cell).toArray(String[]::new)));
        return table.toString();
    }

    private static String cell(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
