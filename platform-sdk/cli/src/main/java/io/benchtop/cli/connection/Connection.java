package io.benchtop.cli.connection;

import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.ExitCode;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.sdk.rest.Access;
import io.benchtop.sdk.rest.RestClient;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The way from a command to the service.
 *
 * <p>The address is, first found first: {@code --url}, {@code BENCHTOP_URL}, the one signed in to last, and that of a Benchtop on
 * this machine. The token is {@code BENCHTOP_TOKEN} or the content of {@code BENCHTOP_TOKEN_FILE}, as inside a workspace, and
 * else what {@code benchtop login} kept for the address. Those two variables belong to {@code BENCHTOP_URL}: with another address
 * by {@code --url} they are left alone, so that no token goes where it does not belong.
 */
public final class Connection {

    private static final String ON_THIS_MACHINE = "http://127.0.0.1:8080";
    private static final String USER_AGENT = "benchtop-cli";

    @Option(names = "--url", paramLabel = "URL", description = "Address of Benchtop, if not the usual one.")
    private @Nullable String url;

    private final Surroundings surroundings;

    public Connection(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public String url() {
        var environment = variable("BENCHTOP_URL");
        var chosen = url != null
                ? url
                : environment
                        .or(() -> Optional.ofNullable(credentials().current()))
                        .orElse(ON_THIS_MACHINE);
        return checked(chosen.endsWith("/") ? chosen.substring(0, chosen.length() - 1) : chosen);
    }

    private static String checked(String url) {
        try {
            var parsed = URI.create(url);
            if (parsed.getHost() != null
                    && parsed.getScheme() != null
                    && parsed.getScheme().matches("https?")) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new CommandFailure("'" + url + "' is no address; it is like http://127.0.0.1:8080.", ExitCode.USAGE);
    }

    /** As the person who is signed in. */
    public RestClient rest() {
        var target = url();
        if (usesEnvironment(target)) {
            return new RestClient(Access.ofEnvironment(surroundings.environment()), USER_AGENT);
        }
        var token = credentials()
                .token(target)
                .orElseThrow(() -> new CommandFailure(
                        "You are not signed in to " + target + ". Sign in with: benchtop login --url " + target,
                        ExitCode.NOT_SIGNED_IN));
        return as(token);
    }

    /** As the owner of a token. */
    public RestClient as(String token) {
        return new RestClient(Access.of(url(), Optional.of(token)), USER_AGENT);
    }

    /** As nobody. */
    public RestClient anonymous() {
        return new RestClient(Access.of(url(), Optional.empty()), USER_AGENT);
    }

    private boolean usesEnvironment(String target) {
        var given = variable("BENCHTOP_TOKEN").or(() -> variable("BENCHTOP_TOKEN_FILE"));
        return given.isPresent()
                && variable("BENCHTOP_URL")
                        .filter(own -> own.equals(target) || own.equals(target + "/"))
                        .isPresent();
    }

    public Credentials credentials() {
        return Credentials.read(surroundings.configFolder());
    }

    public void keep(Credentials credentials) {
        credentials.writeTo(surroundings.configFolder());
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(surroundings.environment().get(name)).filter(value -> !value.isBlank());
    }
}
