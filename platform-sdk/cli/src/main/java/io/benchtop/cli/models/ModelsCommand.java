package io.benchtop.cli.models;

import io.benchtop.cli.support.DefaultCommand;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code benchtop models …}. */
@Command(
        name = "models",
        description = "Registered models: their versions, and where their aliases point. Alone it lists them.",
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {
            ListCommand.class,
            ShowCommand.class,
            VersionsCommand.class,
            PublishCommand.class,
            DownloadCommand.class,
            AliasCommand.class,
            ReviewCommand.Approve.class,
            ReviewCommand.Reject.class,
            WebhooksCommand.class,
            RemoveCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  benchtop models",
            "  benchtop models publish risk.onnx --name risk --sample sample.json",
            "  benchtop models alias risk production 1.2.3"
        })
public final class ModelsCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        return spec == null ? 0 : DefaultCommand.list(spec);
    }
}
