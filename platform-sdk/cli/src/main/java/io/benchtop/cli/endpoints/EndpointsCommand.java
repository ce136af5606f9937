package io.benchtop.cli.endpoints;

import io.benchtop.cli.connection.PathSegment;
import io.benchtop.cli.support.DefaultCommand;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code benchtop endpoints …}. */
@Command(
        name = "endpoints",
        description = "Endpoints: model versions that answer in production. Alone it lists them.",
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {
            ListCommand.class,
            ShowCommand.class,
            PromoteCommand.class,
            RollbackCommand.class,
            EndShadowCommand.class,
            SetCommand.class,
            TrialCommand.class,
            TokenCommand.class,
            InferCommand.class,
            RemoveCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  benchtop endpoints",
            "  benchtop endpoints promote risk@1.2.3 risk --canary 5,20,50 --every 30m",
            "  benchtop endpoints rollback risk --reason 'too many errors'"
        })
public final class EndpointsCommand implements Callable<Integer> {

    static final String PATH = "/api/v1/endpoints";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        return spec == null ? 0 : DefaultCommand.list(spec);
    }

    static String path(String name) {
        return PATH + "/" + PathSegment.of(name);
    }
}
