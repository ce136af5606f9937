package io.benchtop.cli.workspace;

import io.benchtop.api.workspace.WorkspaceList;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import io.benchtop.cli.support.Words;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchtop ws ls}. */
@Command(
        name = "ls",
        description = "List workspaces and what they are doing.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop ws ls", "  benchtop ws ls --owner alice", "  benchtop ws ls --all --json"})
final class ListCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Option(names = "--owner", paramLabel = "NAME", description = "Those of another person (administrators).")
    private String owner = "";

    @Option(names = "--all", description = "Those of everybody (administrators).")
    private boolean all;

    private final Surroundings surroundings;

    ListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var told = new WorkspaceList(new Workspaces(connection.rest()).list(all ? "*" : owner));
        output.print(told, () -> inWords(told));
        return 0;
    }

    private String inWords(WorkspaceList told) {
        if (told.workspaces().isEmpty()) {
            return "No workspaces yet. Make one with: benchtop ws create \"My experiments\" --start";
        }
        var now = surroundings.clock().instant();
        var table = new Table("WORKSPACE", "NAME", "STATE", "FOR", "PROFILE", "MEMORY", "ID");
        for (var it : told.workspaces()) {
            table.row(
                    all || !owner.isEmpty() ? it.owner() + "/" + it.slug() : it.slug(),
                    it.displayName(),
                    it.state().code().name(),
                    Words.since(it.state().since(), now),
                    it.profile(),
                    Words.ofBytes(it.memoryBytes()),
                    it.id());
        }
        return table.toString();
    }
}
