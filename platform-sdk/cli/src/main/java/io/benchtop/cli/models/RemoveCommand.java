package io.benchtop.cli.models;

import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Sure;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchtop models rm}. */
@Command(
        name = "rm",
        aliases = "delete",
        description = "Delete a version of a model with its files; its number is not used again.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop models rm risk@1.2.3", "  benchtop models rm risk@1.2.3 --yes"})
final class RemoveCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Sure sure;

    @Parameters(paramLabel = "NAME@VERSION", description = "Such as risk@1.2.3.")
    private String name = "";

    private final Surroundings surroundings;

    RemoveCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.sure = new Sure(surroundings);
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var reference = ModelReference.parse(name);
        var path = reference.versionPath();
        sure.require("version", reference.toString());
        connection.rest().send("DELETE", path, null);
        surroundings.out().println(Table.harmless(reference + " is deleted."));
        return 0;
    }
}
