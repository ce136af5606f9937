package io.benchtop.cli.data;

import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.sdk.Benchtop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop data read}. */
@Command(
        name = "read",
        description = "Print the rows of a dataset.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  benchtop data read sales/orders > orders.csv",
            "  benchtop data read sales/orders --columns qty,what --where 'qty > 3' --output json"
        })
final class ReadCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "NAME", description = "Two words with a slash, such as sales/orders.")
    private String name = "";

    @Option(names = "--version", paramLabel = "N", description = "Its version; the newest if missing.")
    private @Nullable Long version;

    @Option(names = "--columns", split = ",", paramLabel = "NAME", description = "Which columns; all if missing.")
    private List<String> columns = List.of();

    @Option(names = "--where", paramLabel = "FILTER", description = "Which rows, such as: qty > 3 and what = 'pens'.")
    private @Nullable String where;

    @Option(names = "--output", paramLabel = "csv|json", description = "csv (if missing), or json: one object a line.")
    private RowFormat format = RowFormat.csv;

    private final Surroundings surroundings;

    ReadCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var dataset = Benchtop.connect(connection.rest()).dataset(name);
        dataset = version == null ? dataset : dataset.version(version);
        dataset = columns.isEmpty() ? dataset : dataset.columns(columns.toArray(String[]::new));
        dataset = where == null ? dataset : dataset.where(where);
        try (var reader = dataset.arrow()) {
            format.print(reader, surroundings.out());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot end the read", e);
        }
        return 0;
    }
}
