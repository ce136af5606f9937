package io.benchtop.cli.workspace;

import io.benchtop.api.workspace.Workspace;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.ExitCode;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop ws rm}. Nothing is deleted before the person said what happens to the files. */
@Command(
        name = "rm",
        description = "Remove a workspace, and keep or delete its files.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop ws rm exp", "  benchtop ws rm exp --files keep"})
final class RemoveCommand implements Callable<Integer> {

    /** What happens to the files. */
    enum Files {
        keep,
        delete
    }

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "WORKSPACE", description = "Slug or id.")
    private String workspace = "";

    @Option(names = "--files", paramLabel = "keep|delete", description = "What happens to its files; asked if missing.")
    private @Nullable Files files;

    private final Surroundings surroundings;

    RemoveCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        var rest = connection.rest();
        var found = new Workspaces(rest).find(workspace);
        var decided = Optional.ofNullable(files).orElseGet(() -> ask(found));
        rest.send("DELETE", Workspaces.path(found.id()) + "?files=" + decided, null);
        surroundings
                .out()
                .println("Workspace '" + Table.harmless(found.slug()) + "' is being removed; its files are "
                        + (decided == Files.keep ? "kept." : "deleted."));
        return 0;
    }

    private Files ask(Workspace found) {
        var prompt = surroundings
                .prompt()
                .orElseThrow(() -> new CommandFailure(
                        "Say what happens to the files of '" + found.slug() + "': --files keep or --files delete.",
                        ExitCode.USAGE));
        var question = "The files of '%s' are in %s.%nKeep or delete them? [keep/delete, anything else stops] "
                .formatted(Table.harmless(found.slug()), Table.harmless(found.filesPath()));
        return switch (prompt.ask(question).toLowerCase(Locale.ROOT)) {
            case "keep" -> Files.keep;
            case "delete" -> Files.delete;
            default -> throw new CommandFailure("Nothing was removed.");
        };
    }
}
