package io.benchtop.cli.profile;

import io.benchtop.api.profile.Profile;
import io.benchtop.api.profile.ProfileList;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchtop profile ls}. */
@Command(
        name = "ls",
        description = "List the profiles that you may use.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop profile ls", "  benchtop profile ls --all --json"})
final class ListCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Option(names = "--all", description = "Every one, retired ones too (administrators).")
    private boolean all;

    ListCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var told = connection.rest().get(ProfileCommand.PATH + (all ? "?all=true" : ""), ProfileList.class);
        output.print(told, () -> inWords(told));
        return 0;
    }

    private static String inWords(ProfileList told) {
        if (told.profiles().isEmpty()) {
            return "There is no profile that you may use. Ask an administrator to offer you one.";
        }
        var table = new Table("PROFILE", "NAME", "MEMORY", "CPUS", "GPUS", "IMAGE", "");
        for (var it : told.profiles()) {
            var words = new ProfileWords(it);
            table.row(
                    it.slug(),
                    it.displayName(),
                    words.memory(),
                    words.cpus(),
                    words.gpus(),
                    words.image(),
                    note(it, told));
        }
        return table.toString();
    }

    private static String note(Profile profile, ProfileList told) {
        if (profile.retired()) {
            return "retired";
        }
        return profile.slug().equals(told.defaultProfile()) ? "default" : "";
    }
}
