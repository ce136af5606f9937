package io.benchtop.cli.data;

import picocli.CommandLine.Command;

/** {@code benchtop connections …}. */
@Command(
        name = "connections",
        description = "Connections: stores and databases that datasets come from.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ConnectionListCommand.class,
            ConnectionAddCommand.class,
            ConnectionTestCommand.class,
            ConnectionRemoveCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop connections ls", "  benchtop connections test lake"})
public final class ConnectionsCommand {

    static final String PATH = "/api/v1/connections";
}
