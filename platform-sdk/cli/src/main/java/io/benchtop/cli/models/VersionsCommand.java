package io.benchtop.cli.models;

import io.benchtop.api.model.ModelVersionList;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import io.benchtop.cli.support.Words;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchtop models versions}. */
@Command(
        name = "versions",
        description = "List the versions of a model, the newest first.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop models versions risk", "  benchtop models versions risk --json"})
final class VersionsCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "NAME", description = "The model's name.")
    private String name = "";

    VersionsCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var path = new ModelReference(name, Optional.empty()).path() + "/versions";
        var told = connection.rest().get(path, ModelVersionList.class);
        output.print(told, () -> inWords(told));
        return 0;
    }

    private static String inWords(ModelVersionList told) {
        var table = new Table("VERSION", "STATE", "APPROVAL", "ALIASES", "BY", "MADE", "DESCRIPTION");
        for (var it : told.versions()) {
            table.row(
                    it.version(),
                    it.state(),
                    it.approval().equals("NOT_NEEDED") ? "-" : it.approval(),
                    it.aliases().isEmpty() ? "-" : String.join(", ", it.aliases()),
                    it.createdBy(),
                    Words.ofInstant(it.createdAt()),
                    it.description());
        }
        return table.toString();
    }
}
