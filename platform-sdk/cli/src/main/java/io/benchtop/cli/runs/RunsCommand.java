package io.benchtop.cli.runs;

import picocli.CommandLine.Command;

/** {@code benchtop runs …}. */
@Command(
        name = "runs",
        description = "Runs of experiments: parameters and metrics.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ListCommand.class, ShowCommand.class, CompareCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop runs ls churn", "  benchtop runs compare 5f1c 9a02"})
public final class RunsCommand {

    static final String PATH = "/mlflow/api/2.0/mlflow/";
}
