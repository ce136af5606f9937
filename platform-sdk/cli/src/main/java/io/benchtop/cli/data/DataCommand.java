package io.benchtop.cli.data;

import picocli.CommandLine.Command;

/** {@code benchtop data …}. */
@Command(
        name = "data",
        description = "Datasets: named, versioned data.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ListCommand.class,
            ShowCommand.class,
            PreviewCommand.class,
            ReadCommand.class,
            UploadCommand.class,
            DownloadCommand.class,
            RemoveCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop data ls sales", "  benchtop data read sales/orders --where 'qty > 3' > orders.csv"})
public final class DataCommand {}
