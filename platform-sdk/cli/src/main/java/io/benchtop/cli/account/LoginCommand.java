package io.benchtop.cli.account;

import io.benchtop.api.identity.LoginRequest;
import io.benchtop.api.identity.LoginResponse;
import io.benchtop.api.identity.Me;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.ExitCode;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.cli.support.Table;
import io.benchtop.sdk.DurationText;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchtop login}. */
@Command(
        name = "login",
        description = "Sign in, and keep a token for the next commands.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  benchtop login",
            "  benchtop login --url https://notebooks.example.org --name alice",
            "  benchtop login --token < token.txt",
            "  benchtop login --name alice --password-stdin < password.txt"
        })
public final class LoginCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Option(names = "--name", paramLabel = "NAME", description = "Your user name; asked for if missing.")
    private @Nullable String name;

    @Option(names = "--password-stdin", description = "Read the password from standard input instead of asking for it.")
    private boolean passwordFromInput;

    @Option(
            names = "--token",
            description = "Read an API token from standard input, or ask for it, instead of a password.")
    private boolean useToken;

    @Option(
            names = "--expires-in",
            paramLabel = "DURATION",
            defaultValue = "30d",
            description = "How long you stay signed in, such as 12h or 30d (30d); at most 90d.")
    private String expiresIn = "30d";

    private final Surroundings surroundings;

    public LoginCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        var token = useToken ? givenToken() : tokenForPassword();
        var me = connection.as(token).get("/api/v1/me", Me.class);
        connection.keep(connection.credentials().with(connection.url(), token));
        surroundings
                .out()
                .println("Signed in to " + connection.url() + " as "
                        + Table.harmless(me.user().name()) + " ("
                        + Table.harmless(me.user().role()) + ").");
        return 0;
    }

    private String givenToken() {
        return surroundings
                .prompt()
                .map(prompt -> prompt.askSecretly("API token: "))
                .orElseGet(surroundings::readSecret);
    }

    private String tokenForPassword() {
        var who = name != null ? name : prompt("--name NAME").ask("User name: ");
        var password = passwordFromInput
                ? surroundings.readSecret()
                : prompt("--password-stdin or --token").askSecretly("Password: ");
        var request =
                new LoginRequest(who, password, "benchtop login", DurationText.toIso(DurationText.parse(expiresIn)));
        return connection
                .anonymous()
                .send("POST", "/api/v1/login", request, LoginResponse.class)
                .token();
    }

    private Surroundings.Prompt prompt(String instead) {
        return surroundings
                .prompt()
                .orElseThrow(() ->
                        new CommandFailure("There is no terminal to ask at. Use " + instead + ".", ExitCode.USAGE));
    }
}
