package io.benchtop.cli.models;

import io.benchtop.api.model.Model;
import io.benchtop.api.model.ModelVersion;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import io.benchtop.cli.support.Words;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchtop models show}. */
@Command(
        name = "show",
        description = "Tell what a model is, or one of its versions: signature, check, files and where it comes from.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  benchtop models show risk",
            "  benchtop models show risk@production",
            "  benchtop models show risk@1.2.3 --json"
        })
final class ShowCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "NAME[@VERSION]", description = "A model, or one of its versions by number or alias.")
    private String name = "";

    ShowCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var reference = ModelReference.parse(name);
        if (reference.version().isEmpty()) {
            var told = connection.rest().get(reference.path(), Model.class);
            output.print(told, () -> inWords(told));
        } else {
            var told = connection.rest().get(reference.versionPath(), ModelVersion.class);
            output.print(told, () -> VersionWords.of(told));
        }
        return 0;
    }

    private static String inWords(Model told) {
        var table = Table.ofPairs()
                .row("model", told.name())
                .row("description", told.description())
                .row("owner", told.owner())
                .row("readers", people(told.readers()))
                .row("publishers", people(told.publishers()))
                .row("approval", told.approvalRequired() ? "by a second person" : "not needed")
                .row("aliases", AliasWords.of(told.aliases()))
                .row("changed", Words.ofInstant(told.changedAt()));
        var latest = told.latest();
        return latest == null ? table.row("version", "none yet").toString() : table + "\n\n" + VersionWords.of(latest);
    }

    private static String people(List<String> names) {
        return names.isEmpty() ? "the owner alone" : String.join(", ", names);
    }
}
