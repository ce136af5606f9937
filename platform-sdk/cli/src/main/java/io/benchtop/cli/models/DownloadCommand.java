package io.benchtop.cli.models;

import io.benchtop.api.model.ModelVersion;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchtop models download}. */
@Command(
        name = "download",
        description = "Put the files of a version into a folder; each is whole and its SHA-256 is checked.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop models download risk@1.2.3 risk", "  benchtop models download risk@production risk"})
final class DownloadCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "NAME@VERSION", description = "By number or alias.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "FOLDER", description = "Made if it is not there.")
    private Path folder = Path.of("");

    DownloadCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var reference = ModelReference.parse(name);
        var version = connection.rest().get(reference.versionPath(), ModelVersion.class);
        // By its number from here on: an alias may move meanwhile.
        var files = new VersionFiles(connection.rest(), reference.versionPath(version.version()));
        var written = version.files().stream()
                .map(file -> files.download(file, folder))
                .toList();
        output.print(
                written.stream().map(Path::toString).toList(),
                () -> written.size() + " files of " + version.model() + "@" + version.version() + " are in " + folder
                        + ".");
        return 0;
    }
}
