package io.benchtop.service.identity.oidc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.ExternalClaims;
import io.benchtop.service.identity.ExternalIdentity;
import io.benchtop.service.identity.IdentityProvider;
import io.benchtop.service.identity.ProviderAnswer;
import io.benchtop.service.identity.ProviderCallback;
import io.benchtop.service.identity.SignInAttempt;
import io.benchtop.service.identity.oidc.ProviderException.Refused;
import io.benchtop.service.identity.oidc.ProviderException.Unreachable;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Any provider that speaks OpenID Connect: authorization code flow with PKCE, found by its discovery document. The provider
 * is asked for nothing before somebody signs in, so the service starts and works while it is away.
 *
 * <p>What the ID token does not say about a person is asked at the userinfo endpoint, where some providers tell everything
 * but the subject; it must be about the same subject.
 */
public final class OidcIdentityProvider implements IdentityProvider, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OidcIdentityProvider.class);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Pattern ERROR_CODE = Pattern.compile("[a-z_]{1,40}");

    private final OidcSettings settings;
    private final ProviderHttp http;
    private final RemoteDocument<ProviderMetadata> metadata;
    private final TokenEndpoint tokens;
    private final IdTokens idTokens;

    public OidcIdentityProvider(OidcSettings settings, InstantSource clock) {
        this.settings = requireNonNull(settings, "settings is null");
        this.http = new ProviderHttp(DEADLINE);
        this.metadata = new RemoteDocument<>(
                () -> ProviderMetadata.of(http.get(settings.discovery(), "the discovery document"), settings.issuer()),
                clock);
        this.tokens = new TokenEndpoint(settings, http);
        this.idTokens = new IdTokens(settings, new ProviderKeys(http, metadata, clock), clock);
    }

    @Override
    public Optional<URI> begin(SignInAttempt attempt) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", settings.clientId());
        parameters.put("redirect_uri", settings.callback().toString());
        parameters.put("scope", String.join(" ", settings.scopes()));
        parameters.put("state", attempt.state());
        parameters.put("nonce", attempt.nonce());
        parameters.put("code_challenge", challenge(attempt.verifier()));
        parameters.put("code_challenge_method", "S256");
        return known().map(found -> Query.append(found.authorizationEndpoint(), parameters));
    }

    @Override
    public ProviderAnswer complete(ProviderCallback callback, SignInAttempt attempt) {
        try {
            return new ProviderAnswer.Proven(claims(callback, attempt));
        } catch (Refused e) {
            return new ProviderAnswer.Refused(e.why());
        } catch (ProviderException e) {
            LOG.atWarn().addKeyValue("error", e.why()).log("a sign-in failed at the identity provider");
            return new ProviderAnswer.Unreachable(e.why());
        }
    }

    @Override
    public Optional<URI> signOut() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", settings.clientId());
        parameters.put("post_logout_redirect_uri", settings.afterSignOut().toString());
        return settings.signOut()
                ? known().map(ProviderMetadata::endSession).map(address -> Query.append(address, parameters))
                : Optional.empty();
    }

    @Override
    public void close() {
        http.close();
    }

    private Optional<ProviderMetadata> known() {
        try {
            return Optional.of(metadata.current());
        } catch (ProviderException e) {
            return Optional.empty();
        }
    }

    private ExternalClaims claims(ProviderCallback callback, SignInAttempt attempt) throws ProviderException {
        ProviderMetadata provider = metadata.current();
        String code = code(callback, provider);
        TokenEndpoint.Tokens answer = tokens.redeem(provider, code, attempt);
        JsonDocument idToken = idTokens.read(answer.idToken(), attempt.nonce());
        PersonClaims person = new PersonClaims(idToken, settings.roleClaim());
        URI userInfo = provider.userInfo();
        return userInfo == null || person.isComplete()
                ? person.of(identity(idToken))
                : person.and(userInfo(userInfo, answer.accessToken())).of(identity(idToken));
    }

    /** Mixing up two providers fails here: whoever answers must be the one that was asked (RFC 9207). */
    private String code(ProviderCallback callback, ProviderMetadata provider) throws Refused {
        String issuer = callback.issuer();
        if (issuer == null ? provider.namesItself() : !issuer.equals(settings.issuer())) {
            throw new Refused("the answer is of another provider than the one that was asked");
        }
        String error = callback.error();
        if (error != null) {
            throw new Refused("the provider answered "
                    + (ERROR_CODE.matcher(error).matches() ? error : "with an error that is none"));
        }
        String code = callback.code();
        if (code == null) {
            throw new Refused("the answer has no code");
        }
        return code;
    }

    private JsonDocument userInfo(URI address, String accessToken) throws ProviderException {
        String what = "the userinfo endpoint";
        ProviderHttp.Answer answer = http.send(
                HttpRequest.newBuilder(address)
                        .header("Accept", "application/json")
                        .header("Authorization", "Bearer " + bearer(accessToken)),
                what);
        if (!answer.isOk()) {
            throw new Unreachable(what + " answered with status " + answer.status());
        }
        return JsonDocument.parse(answer.body(), "the answer of " + what);
    }

    /** Nothing that could be a second header. */
    private static String bearer(String accessToken) throws Refused {
        if (!accessToken.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new Refused("the access token has characters that no token has");
        }
        return accessToken;
    }

    private ExternalIdentity identity(JsonDocument idToken) throws Refused {
        try {
            return new ExternalIdentity(settings.issuer(), idToken.text("sub").orElse(""));
        } catch (IllegalArgumentException e) {
            throw new Refused("the ID token has a subject that is none");
        }
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
