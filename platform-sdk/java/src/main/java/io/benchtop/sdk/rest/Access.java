package io.benchtop.sdk.rest;

import io.benchtop.sdk.error.BenchtopException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the service is and what proves who asks. Asked on every call: the token inside a workspace is renewed while it runs. */
public interface Access {

    /** Base address without a slash at the end. */
    String url();

    /** The bearer token; empty for what needs none. */
    Optional<String> token();

    /** A known address and token. */
    static Access of(String url, Optional<String> token) {
        var base = withoutSlash(url);
        return new Access() {
            @Override
            public String url() {
                return base;
            }

            @Override
            public Optional<String> token() {
                return token;
            }
        };
    }

    /**
     * From {@code BENCHTOP_URL} and {@code BENCHTOP_TOKEN} or {@code BENCHTOP_TOKEN_FILE}, as inside a workspace.
     *
     * <p>Throws {@code not_in_workspace} when asked without them.
     */
    static Access ofEnvironment(Map<String, String> environment) {
        return new Access() {
            @Override
            public String url() {
                return withoutSlash(variable(environment, "BENCHTOP_URL"));
            }

            @Override
            public Optional<String> token() {
                var given = environment.get("BENCHTOP_TOKEN");
                return Optional.of(given == null || given.isBlank() ? readToken(environment) : given.strip());
            }
        };
    }

    /**
     * MLflow's interface, at {@code MLFLOW_TRACKING_URI} or, without that, below {@code BENCHTOP_URL}. The token goes to
     * {@code BENCHTOP_URL} and nowhere else.
     */
    static Access ofTracking(Map<String, String> environment) {
        var own = ofEnvironment(environment);
        return new Access() {
            @Override
            public String url() {
                var told = environment.get("MLFLOW_TRACKING_URI");
                return told == null || told.isBlank() ? own.url() + "/mlflow" : withoutSlash(told);
            }

            @Override
            public Optional<String> token() {
                return url().startsWith(own.url() + "/") ? own.token() : Optional.empty();
            }
        };
    }

    private static String readToken(Map<String, String> environment) {
        var file = variable(environment, "BENCHTOP_TOKEN_FILE");
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new BenchtopException(
                    "not_in_workspace",
                    "The token cannot be read from " + file + " (" + e.getMessage()
                            + "). In a workspace, restart it to get a new one.");
        }
    }

    /** A variable that every server of a workspace has. */
    static String variable(Map<String, String> environment, String name) {
        var value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new BenchtopException(
                    "not_in_workspace",
                    "This does not run in a Benchtop workspace: " + name
                            + " is not set. Start a workspace and run it there, or use Benchtop.connect(url, token).");
        }
        return value;
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
