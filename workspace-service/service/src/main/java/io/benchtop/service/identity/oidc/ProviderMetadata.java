package io.benchtop.service.identity.oidc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.oidc.ProviderException.Refused;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the provider's discovery document says. One that calls itself something else than it was configured as, or that
 * sends us anywhere but over TLS, is not taken.
 *
 * @param authenticationMethods how a client with a secret may show it to the token endpoint
 * @param namesItself whether the address by which a person comes back must name the provider (RFC 9207)
 */
record ProviderMetadata(
        URI authorizationEndpoint,
        URI tokenEndpoint,
        URI keys,
        @Nullable URI userInfo,
        @Nullable URI endSession,
        Set<String> authenticationMethods,
        boolean namesItself) {

    private static final String WHAT = "the discovery document";

    ProviderMetadata {
        requireNonNull(authorizationEndpoint, "authorizationEndpoint is null");
        requireNonNull(tokenEndpoint, "tokenEndpoint is null");
        requireNonNull(keys, "keys is null");
        authenticationMethods = Set.copyOf(authenticationMethods);
    }

    static ProviderMetadata of(JsonDocument document, String issuer) throws Refused {
        if (document.text("issuer").filter(issuer::equals).isEmpty()) {
            throw new Refused(WHAT + " is of another issuer than the configured one");
        }
        Set<String> methods = document.texts("token_endpoint_auth_methods_supported");
        return new ProviderMetadata(
                needed(document, "authorization_endpoint"),
                needed(document, "token_endpoint"),
                needed(document, "jwks_uri"),
                optional(document, "userinfo_endpoint"),
                optional(document, "end_session_endpoint"),
                methods.isEmpty() ? Set.of("client_secret_basic") : methods,
                document.isTrue("authorization_response_iss_parameter_supported"));
    }

    private static URI needed(JsonDocument document, String name) throws Refused {
        URI address = optional(document, name);
        if (address == null) {
            throw new Refused(WHAT + " has no " + name);
        }
        return address;
    }

    private static @Nullable URI optional(JsonDocument document, String name) throws Refused {
        String text = document.text(name).orElse(null);
        if (text == null) {
            return null;
        }
        try {
            URI address = URI.create(text);
            if (OidcSettings.isSafe(address)) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // As unsafe as an address that leads over plain http.
        }
        throw new Refused(WHAT + " has a " + name + " that is no https address");
    }
}
