package io.benchtop.cli.endpoints;

import io.benchtop.api.endpoint.EndpointTokenRequest;
import io.benchtop.api.identity.CreatedToken;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Words;
import io.benchtop.sdk.DurationText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop endpoints token}. */
@Command(
        name = "token",
        description = "Make a token that opens one endpoint and nothing else. Its secret is printed this once.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  benchtop endpoints token risk checkout > token.txt",
            "  benchtop endpoints token risk checkout --expires-in 90d"
        })
final class TokenCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "NAME", description = "The endpoint's name.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "CLIENT",
            description = "The program that calls; its calls are counted under it.")
    private String client = "";

    @Option(
            names = "--expires-in",
            paramLabel = "DURATION",
            defaultValue = "30d",
            description = "How long it is valid, such as 12h or 30d (30d); at most 90d.")
    private String expiresIn = "30d";

    TokenCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var asked = new EndpointTokenRequest(client, DurationText.toIso(DurationText.parse(expiresIn)));
        var made = connection.rest().send("POST", EndpointsCommand.path(name) + "/tokens", asked, CreatedToken.class);
        output.print(made, made::token);
        output.progress("Token " + made.id() + " opens " + name + " until " + Words.ofInstant(made.expiresAt())
                + ". Keep it now; it is not shown again.");
        return 0;
    }
}
