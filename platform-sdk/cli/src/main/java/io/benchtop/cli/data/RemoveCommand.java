package io.benchtop.cli.data;

import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.ExitCode;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.sdk.data.DatasetName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop data rm}. */
@Command(
        name = "rm",
        description = "Delete a dataset with all its versions.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop data rm sales/orders", "  benchtop data rm sales/orders --yes"})
final class RemoveCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "NAME", description = "Two words with a slash, such as sales/orders.")
    private String name = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    private final Surroundings surroundings;

    RemoveCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var path = DatasetName.path(name);
        if (!yes && !confirmed()) {
            throw new CommandFailure("Nothing was deleted.");
        }
        connection.rest().send("DELETE", path, null);
        surroundings.out().println(name + " is deleted.");
        return 0;
    }

    private boolean confirmed() {
        var prompt = surroundings
                .prompt()
                .orElseThrow(() -> new CommandFailure("Say that it is to be deleted: --yes.", ExitCode.USAGE));
        return prompt.ask("Type the name to delete " + name + " with all its versions: ")
                .equals(name);
    }
}
