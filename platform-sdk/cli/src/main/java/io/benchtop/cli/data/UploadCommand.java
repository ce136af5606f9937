package io.benchtop.cli.data;

import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.ExitCode;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.sdk.Benchtop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop data upload}. */
@Command(
        name = "upload",
        description = "Write files as a new version of a dataset, which is made where it is not there yet.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  benchtop data upload sales/orders orders.parquet",
            "  benchtop data upload sales/orders january.csv february.csv --note 'first quarter'"
        })
final class UploadCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "NAME", description = "Two words with a slash, such as sales/orders.")
    private String name = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "Each is kept under its own name.")
    private List<Path> files = List.of();

    @Option(names = "--note", paramLabel = "TEXT", description = "Why this version is made.")
    private String note = "";

    UploadCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        for (var file : files) {
            if (!Files.isRegularFile(file)) {
                throw new CommandFailure(file + " is no file that can be read. Nothing was written.", ExitCode.USAGE);
            }
        }
        try (var writer = Benchtop.connect(connection.rest()).writeDataset(name, note)) {
            for (var file : files) {
                writer.file(file.getFileName().toString(), file);
            }
            var made = writer.done();
            output.print(made, () -> name + " has version " + made.number() + " now.");
        }
        return 0;
    }
}
