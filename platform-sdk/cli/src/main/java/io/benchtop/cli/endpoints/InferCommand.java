package io.benchtop.cli.endpoints;

import io.benchtop.api.endpoint.Endpoint;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.connection.PathSegment;
import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.ExitCode;
import io.benchtop.cli.support.Surroundings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop endpoints infer}. */
@Command(
        name = "infer",
        description = "Ask an endpoint as its clients do, in the Open Inference Protocol, and print its answer.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  benchtop endpoints infer risk --data request.json",
            "  benchtop endpoints infer risk --data - < request.json"
        })
final class InferCommand implements Callable<Integer> {

    private static final String JSON = "application/json, application/problem+json";

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "NAME", description = "The endpoint's name.")
    private String name = "";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "The request, JSON with inputs; - for standard input.")
    private String data = "";

    private final Surroundings surroundings;

    InferCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var request = request();
        var rest = connection.rest();
        var url = rest.get(EndpointsCommand.path(name), Endpoint.class).url();
        // Its path alone: the token goes to Benchtop's own address and nowhere else.
        var path = URI.create(url).getRawPath() + "/v2/models/" + PathSegment.of(name) + "/infer";
        var headers = Map.of("Accept", JSON, "Content-Type", "application/json");
        try {
            var answer = rest.exchange("POST", path, headers, () -> BodyPublishers.ofByteArray(request));
            if (answer.statusCode() >= 300) {
                throw rest.refusal(answer, name);
            }
            try (var body = answer.body()) {
                surroundings.out().println(new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw rest.unreachable(e);
        }
        return 0;
    }

    private byte[] request() {
        try {
            return data.equals("-") ? surroundings.in().readAllBytes() : Files.readAllBytes(Path.of(data));
        } catch (IOException e) {
            throw new CommandFailure(data + " is no file that can be read. Nothing was asked.", ExitCode.USAGE);
        }
    }
}
