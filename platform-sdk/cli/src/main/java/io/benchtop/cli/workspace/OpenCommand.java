package io.benchtop.cli.workspace;

import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop ws open}. */
@Command(
        name = "open",
        description = "Open a workspace in the browser; one that does not run offers to start there.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop ws open exp", "  benchtop ws open exp --print"})
final class OpenCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "WORKSPACE", description = "Slug or id.")
    private String workspace = "";

    @Option(names = "--print", description = "Only print the address.")
    private boolean printOnly;

    private final Surroundings surroundings;

    OpenCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        var found = new Workspaces(connection.rest()).find(workspace);
        // The service's word for the address is shown, but only what this person connected to is opened.
        var address = connection.url() + found.path();
        surroundings.out().println(Table.harmless(address));
        if (!printOnly && surroundings.prompt().isPresent()) {
            open(address);
        }
        return 0;
    }

    private void open(String address) {
        var mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
        try {
            new ProcessBuilder(List.of(mac ? "open" : "xdg-open", address))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noBrowser) {
            surroundings.err().println("No browser could be opened; go to the address above.");
        }
    }
}
