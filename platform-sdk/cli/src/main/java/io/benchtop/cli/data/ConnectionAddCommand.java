package io.benchtop.cli.data;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.benchtop.api.connection.ConnectionRequest;
import io.benchtop.api.connection.ConnectionSettings;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.ExitCode;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop connections add}. */
@Command(
        name = "add",
        description = "Add a connection. The secret is read from standard input with --secret-stdin, or asked.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  benchtop connections add lake --kind s3 --set region=eu-central-1 --set bucket=lake --set accessKeyId=AK",
            "  benchtop connections add shop --kind postgresql --set host=db --set database=shop --set user=reader --secret-stdin < password.txt"
        })
final class ConnectionAddCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "NAME", description = "The connection's name.")
    private String name = "";

    @Option(names = "--kind", required = true, paramLabel = "KIND", description = "s3, folder, postgresql or mariadb.")
    private String kind = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
    private String description = "";

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "A setting: region, bucket, prefix, endpoint, pathStyle, accessKeyId; path; host, port, database, user, tls.")
    private Map<String, String> settings = Map.of();

    @Option(names = "--secret-stdin", description = "Read the secret key or password from standard input.")
    private boolean secretFromInput;

    private final Surroundings surroundings;

    ConnectionAddCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var asked = new ConnectionRequest(name, kind, description, settings(), secret());
        var told = connection
                .rest()
                .send("POST", ConnectionsCommand.PATH, asked, io.benchtop.api.connection.Connection.class);
        output.print(told, () -> "Connection '" + told.name() + "' is there; it " + words(told.state()) + ".");
        return 0;
    }

    private static String words(String state) {
        return state.equals("unknown") ? "was not asked yet" : state.equals("away") ? "does not answer" : state;
    }

    private ConnectionSettings settings() {
        var known = Arrays.stream(ConnectionSettings.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        for (var setting : settings.keySet()) {
            if (!known.contains(setting)) {
                throw new CommandFailure(
                        "There is no setting '" + setting + "'; there are " + String.join(", ", known) + ".",
                        ExitCode.USAGE);
            }
        }
        var gson = new Gson();
        try {
            return gson.fromJson(gson.toJsonTree(settings), ConnectionSettings.class);
        } catch (JsonParseException e) {
            throw new CommandFailure("A setting cannot be read: port is a number.", ExitCode.USAGE);
        }
    }

    private @Nullable String secret() {
        if (secretFromInput) {
            return surroundings.readSecret();
        }
        if (kind.equals("folder")) {
            return null;
        }
        return surroundings
                .prompt()
                .orElseThrow(() -> new CommandFailure("Give the secret: --secret-stdin < FILE.", ExitCode.USAGE))
                .askSecretly("Secret key or password: ");
    }
}
