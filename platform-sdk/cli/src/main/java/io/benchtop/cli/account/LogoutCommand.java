package io.benchtop.cli.account;

import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.rest.RestClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code benchtop logout}. */
@Command(
        name = "logout",
        description = "Sign out: the kept token is revoked and forgotten.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop logout", "  benchtop logout --url https://notebooks.example.org"})
public final class LogoutCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    private final Surroundings surroundings;

    public LogoutCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        var url = connection.url();
        var credentials = connection.credentials();
        var token = credentials.token(url);
        if (token.isEmpty()) {
            surroundings.out().println("You were not signed in to " + url + ".");
            return 0;
        }
        // Made while the address is still the one of the token: without it another one would be the usual.
        var rest = connection.as(token.get());
        connection.keep(credentials.without(url));
        revoke(rest, token.get());
        surroundings.out().println("Signed out of " + url + ".");
        return 0;
    }

    /** Forgotten here in any case; a token that cannot be revoked now ends by itself. */
    private void revoke(RestClient rest, String token) {
        var parts = token.split("_", 3);
        if (parts.length < 3) {
            return;
        }
        try {
            rest.send("DELETE", "/api/v1/tokens/" + parts[1], null);
        } catch (BenchtopException e) {
            if (e.status() != 401 && e.status() != 404) {
                surroundings
                        .err()
                        .println("benchtop: the token could not be revoked (" + e.detail()
                                + "); remove it in the dashboard under Settings, Tokens.");
            }
        }
    }
}
