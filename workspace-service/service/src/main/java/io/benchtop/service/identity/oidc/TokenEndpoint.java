package io.benchtop.service.identity.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.SignInAttempt;
import io.benchtop.service.identity.oidc.ProviderException.Refused;
import io.benchtop.service.identity.oidc.ProviderException.Unreachable;
import io.benchtop.service.identity.oidc.ProviderHttp.Answer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Shows a code to the provider, with the verifier that only this browser's attempt has and, unless the client is public,
 * the secret: in the {@code Authorization} header where the provider allows it, else in the body.
 */
final class TokenEndpoint {

    private static final String WHAT = "the token endpoint";

    /** What came for a code. */
    record Tokens(String idToken, String accessToken) {

        Tokens {
            requireNonNull(idToken, "idToken is null");
            requireNonNull(accessToken, "accessToken is null");
        }

        @Override
        public String toString() {
            return "Tokens[]";
        }
    }

    private final OidcSettings settings;
    private final ProviderHttp http;

    TokenEndpoint(OidcSettings settings, ProviderHttp http) {
        this.settings = requireNonNull(settings, "settings is null");
        this.http = requireNonNull(http, "http is null");
    }

    Tokens redeem(ProviderMetadata metadata, String code, SignInAttempt attempt) throws ProviderException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", settings.callback().toString());
        form.put("code_verifier", attempt.verifier());
        HttpRequest.Builder request = HttpRequest.newBuilder(metadata.tokenEndpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json");
        authenticate(metadata, request, form);
        Answer answer = http.send(request.POST(BodyPublishers.ofString(Query.encode(form))), WHAT);
        if (!answer.isOk()) {
            throw refusal(answer);
        }
        JsonDocument tokens = JsonDocument.parse(answer.body(), "the answer of " + WHAT);
        return new Tokens(needed(tokens, "id_token"), needed(tokens, "access_token"));
    }

    private void authenticate(ProviderMetadata metadata, HttpRequest.Builder request, Map<String, String> form)
            throws Unreachable {
        Path file = settings.clientSecretFile();
        if (file == null) {
            form.put("client_id", settings.clientId());
            return;
        }
        String secret = read(file);
        if (metadata.authenticationMethods().contains("client_secret_basic")) {
            // Both are encoded first (RFC 6749, 2.3.1): a colon or a space in one of them would mean something else.
            String both = Query.encode(settings.clientId()) + ":" + Query.encode(secret);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8)));
        } else if (metadata.authenticationMethods().contains("client_secret_post")) {
            form.put("client_id", settings.clientId());
            form.put("client_secret", secret);
        } else {
            throw new Unreachable(WHAT + " takes a client's secret neither in the header nor in the body");
        }
    }

    /** Read each time, so that a new secret counts without a restart. */
    private static String read(Path file) throws Unreachable {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new Unreachable("the file of the client's secret cannot be read: "
                    + e.getClass().getSimpleName());
        }
    }

    /** A code that the provider does not take is the person's matter; that it does not take us, or fails, is not. */
    private static ProviderException refusal(Answer answer) throws Refused {
        if (answer.status() / 100 == 5 || answer.status() == 429) {
            return new Unreachable(WHAT + " answered with status " + answer.status());
        }
        String error = JsonDocument.parse(answer.body(), "the refusal of " + WHAT)
                .text("error")
                .orElse("");
        return switch (error) {
            case "invalid_grant" -> new Refused(WHAT + " does not take the code (invalid_grant)");
            case "invalid_client", "unauthorized_client" ->
                new Unreachable(WHAT + " does not take Benchtop's client id and secret (" + error + ")");
            default -> new Refused(WHAT + " refused with status " + answer.status());
        };
    }

    private static String needed(JsonDocument tokens, String name) throws Refused {
        return tokens.text(name).orElseThrow(() -> new Refused("the answer of " + WHAT + " has no " + name));
    }
}
