package io.benchtop.cli.profile;

import picocli.CommandLine.Command;

/** {@code benchtop profile …}. */
@Command(
        name = "profile",
        description = "Profiles: what a workspace can be made of.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ListCommand.class, ShowCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop profile ls", "  benchtop profile show gpu"})
public final class ProfileCommand {

    static final String PATH = "/api/v1/profiles";
}
