package io.benchtop.service.identity.oidc;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which provider, and as whom Benchtop speaks to it. What a newcomer mistypes is refused with the name of the key (S12).
 *
 * @param issuer the provider's name for itself, to the letter; its discovery document is below it
 * @param clientId Benchtop's name at the provider
 * @param clientSecretFile holds Benchtop's password there; null for a public client, which PKCE alone protects
 * @param scopes what is asked for; {@code openid} among it
 * @param roleClaim the claim with a person's groups; null if there is none
 * @param publicUrl Benchtop's own address, to which the provider sends people back
 * @param signOut whether signing out of Benchtop leads to signing out at the provider
 */
public record OidcSettings(
        String issuer,
        String clientId,
        @Nullable Path clientSecretFile,
        List<String> scopes,
        @Nullable String roleClaim,
        URI publicUrl,
        boolean signOut) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    public OidcSettings {
        if (!isIssuer(requireNonNull(issuer, "issuer is null"))) {
            throw new IllegalArgumentException("issuer: must be the https address that the provider calls its issuer,"
                    + " without ? or #, not \"" + issuer + "\"; http is taken for a provider on this machine only");
        }
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("client-id: is empty");
        }
        scopes = List.copyOf(scopes);
        if (!scopes.contains("openid") || scopes.stream().anyMatch(OidcSettings::isNoScope)) {
            throw new IllegalArgumentException("scopes: must be a list of words with \"openid\" in it, not " + scopes);
        }
        requireNonNull(publicUrl, "publicUrl is null");
    }

    URI discovery() {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return URI.create(base + "/.well-known/openid-configuration");
    }

    /** Where the provider sends people back to; register exactly this at the provider. */
    URI callback() {
        return publicUrl.resolve("/login/oidc/callback");
    }

    URI afterSignOut() {
        return publicUrl.resolve("/login");
    }

    /** Whether nobody on the way can read or change what is said there. */
    static boolean isSafe(URI address) {
        String host = address.getHost();
        return host != null
                && address.getRawUserInfo() == null
                && ("https".equals(address.getScheme())
                        || ("http".equals(address.getScheme()) && LOOPBACK.contains(host)));
    }

    private static boolean isIssuer(String text) {
        try {
            URI address = URI.create(text);
            return text.length() <= 255
                    && isSafe(address)
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isNoScope(String scope) {
        return scope.isEmpty() || !scope.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
    }
}
