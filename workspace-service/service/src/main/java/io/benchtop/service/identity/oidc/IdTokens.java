package io.benchtop.service.identity.oidc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.oidc.ProviderException.Refused;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.PrematureJwtException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads ID tokens and believes none that is not right in every point (S27). How a token is checked never comes from the
 * token: its algorithm must be one of a fixed list of asymmetric ones, and its key one of the provider's own key set that
 * is for this algorithm; a key, or an address of one, inside the token is not looked at.
 */
final class IdTokens {

    /** Some providers put hundreds of groups into one; anything longer is not worth parsing. */
    private static final int MAX_LENGTH = 16 * 1024;

    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    /** What a header may have that changes how the rest is to be read; we know none of it. */
    private static final Set<String> UNKNOWN_EXTENSIONS = Set.of("crit", "b64", "zip", "enc");

    private static final Pattern COMPACT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    private final String issuer;
    private final String clientId;
    private final ProviderKeys keys;
    private final InstantSource clock;

    IdTokens(OidcSettings settings, ProviderKeys keys, InstantSource clock) {
        this.issuer = settings.issuer();
        this.clientId = settings.clientId();
        this.keys = requireNonNull(keys, "keys is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** What the token says, if it was made by the provider, for us, just now and for this attempt. */
    JsonDocument read(String token, String nonce) throws ProviderException {
        if (token.length() > MAX_LENGTH) {
            throw new Refused("the ID token is longer than " + MAX_LENGTH + " characters");
        }
        if (!COMPACT.matcher(token).matches()) {
            throw new Refused("the ID token is not a signed token");
        }
        String[] parts = token.split("\\.", -1);
        JsonDocument header = decode(parts[0], "the header of the ID token");
        verifySignature(token, keyFor(header));
        JsonDocument claims = decode(parts[1], "the ID token");
        new IdTokenRules(issuer, clientId, nonce, clock.instant(), CLOCK_SKEW).check(claims);
        return claims;
    }

    private PublicKey keyFor(JsonDocument header) throws ProviderException {
        String algorithm = header.text("alg").filter(ALGORITHMS::contains).orElse(null);
        if (algorithm == null) {
            throw new Refused("the ID token is signed by an algorithm that is not accepted");
        }
        if (UNKNOWN_EXTENSIONS.stream().anyMatch(header::has)) {
            throw new Refused("the header of the ID token asks for an extension");
        }
        return keys.find(header.text("kid").orElse(null), algorithm);
    }

    private void verifySignature(String token, PublicKey key) throws Refused {
        try {
            Jwts.parser()
                    .verifyWith(key)
                    .clock(() -> Date.from(clock.instant()))
                    .clockSkewSeconds(CLOCK_SKEW.toSeconds())
                    .build()
                    .parseSignedClaims(token);
        } catch (ExpiredJwtException | PrematureJwtException e) {
            throw new Refused("the ID token is not valid at this time");
        } catch (JwtException | IllegalArgumentException e) {
            throw new Refused("the ID token cannot be verified: its signature or its form is wrong");
        }
    }

    private static JsonDocument decode(String part, String what) throws Refused {
        try {
            return JsonDocument.parse(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8), what);
        } catch (IllegalArgumentException e) {
            throw new Refused(what + " is not base64url");
        }
    }
}
