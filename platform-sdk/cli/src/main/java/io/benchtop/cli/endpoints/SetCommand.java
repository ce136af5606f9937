package io.benchtop.cli.endpoints;

import io.benchtop.api.endpoint.Endpoint;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code benchtop endpoints set}. */
@Command(
        name = "set",
        description = "Change who may call an endpoint, what keeps a client with its version, limits and scaling.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  benchtop endpoints set risk --callers alice,bob",
            "  benchtop endpoints set risk --sticky-header X-User-Id",
            "  benchtop endpoints set risk --min 0 --idle-after 15m --requests-per-second 100"
        })
final class SetCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "NAME", description = "The endpoint's name.")
    private String name = "";

    @Mixin
    private final SettingOptions settings = new SettingOptions();

    SetCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var path = EndpointsCommand.path(name);
        var wanted = settings.over(() -> connection.rest().get(path, Endpoint.class));
        var told = connection.rest().send("PATCH", path, wanted, Endpoint.class);
        output.print(told, () -> EndpointWords.of(told));
        return 0;
    }
}
