package io.benchtop.cli.data;

import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.sdk.Benchtop;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop data download}. */
@Command(
        name = "download",
        description = "Put the files of a dataset into a folder; each is whole and checked.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  benchtop data download sales/orders orders",
            "  benchtop data download sales/orders orders --version 3"
        })
final class DownloadCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "NAME", description = "Two words with a slash, such as sales/orders.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "FOLDER", description = "Made if it is not there.")
    private Path folder = Path.of("");

    @Option(names = "--version", paramLabel = "N", description = "Its version; the newest if missing.")
    private @Nullable Long version;

    DownloadCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var dataset = Benchtop.connect(connection.rest()).dataset(name);
        var written = (version == null ? dataset : dataset.version(version)).download(folder);
        output.print(
                written.stream().map(Path::toString).toList(),
                () -> written.size() + " files of " + name + " are in " + folder + ".");
        return 0;
    }
}
