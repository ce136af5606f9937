package io.benchtop.cli.profile;

import io.benchtop.api.profile.Profile;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.connection.PathSegment;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import io.benchtop.cli.support.Words;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchtop profile show}. */
@Command(
        name = "show",
        description = "Tell what a profile gives, and what may be chosen differently.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop profile show gpu", "  benchtop profile show gpu --json"})
final class ShowCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "PROFILE", description = "Its slug.")
    private String profile = "";

    ShowCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var told = connection.rest().get(ProfileCommand.PATH + "/" + PathSegment.of(profile), Profile.class);
        output.print(told, () -> inWords(told));
        return 0;
    }

    private static String inWords(Profile told) {
        var words = new ProfileWords(told);
        var table = Table.ofPairs()
                .row("profile", told.slug())
                .row("name", told.displayName())
                .row("for", told.description())
                .row("memory", words.memory())
                .row("cpus", words.cpus())
                .row("gpus", words.gpus())
                .row("image", words.image());
        var limits = told.allowedOverrides();
        if (limits.memoryBytes() != null) {
            table.row("memory up to", Words.ofBytes(limits.memoryBytes()));
        }
        if (limits.cpus() != null) {
            table.row("cpus up to", ProfileWords.number(limits.cpus()));
        }
        if (limits.gpus() != null) {
            table.row("gpus up to", limits.gpus().toString());
        }
        if (Boolean.TRUE.equals(limits.image())) {
            told.images().forEach(image -> table.row("image choice", image.slug() + "  " + image.image()));
        }
        if (told.retired()) {
            table.row("retired", "yes: no longer offered");
        }
        return table.toString();
    }
}
