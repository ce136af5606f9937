package io.benchtop.cli.workspace;

import picocli.CommandLine.Command;

/** {@code benchtop ws …}. */
@Command(
        name = "ws",
        aliases = "workspace",
        description = "Workspaces: list, create, start, stop, remove, read logs, open.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ListCommand.class,
            CreateCommand.class,
            StartCommand.class,
            StopCommand.class,
            RemoveCommand.class,
            LogsCommand.class,
            OpenCommand.class,
            KeepAliveCommand.class
        },
        footerHeading =
                "%nA WORKSPACE is named by its slug or its id; an administrator names another person's as owner/slug.%n%nExamples:%n",
        footer = {
            "  benchtop ws ls",
            "  benchtop ws create \"My experiments\" --start --wait",
            "  benchtop ws open my-experiments"
        })
public final class WorkspaceCommand {}
