package io.benchtop.cli.workspace;

import io.benchtop.api.workspace.LogLine;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import io.benchtop.sdk.rest.Json;
import io.benchtop.sdk.rest.RestClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop ws logs}. */
@Command(
        name = "logs",
        description = "Print the log of a workspace's server.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop ws logs exp", "  benchtop ws logs exp --lines 1000", "  benchtop ws logs exp --follow"})
final class LogsCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "WORKSPACE", description = "Slug or id.")
    private String workspace = "";

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many of the last lines (200).")
    private int lines;

    @Option(names = "--follow", description = "Go on with new lines until Ctrl-C.")
    private boolean follow;

    private final Surroundings surroundings;

    LogsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        var rest = connection.rest();
        var path = Workspaces.path(new Workspaces(rest).find(workspace).id());
        rest.text(path + "/log?lines=" + lines).lines().forEach(this::print);
        if (follow) {
            follow(rest, path);
        }
        return 0;
    }

    private void follow(RestClient rest, String path) {
        try (var stream = rest.events(path + "/events")) {
            for (var event = stream.next(); event.isPresent(); event = stream.next()) {
                if (event.get().name().equals("log")) {
                    print(Json.read(event.get().data(), LogLine.class, path).line());
                }
            }
        }
    }

    private void print(String line) {
        surroundings.out().println(Table.harmless(line.replace('\t', ' ')));
    }
}
