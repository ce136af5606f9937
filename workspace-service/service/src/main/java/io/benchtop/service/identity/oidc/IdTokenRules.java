package io.benchtop.service.identity.oidc;

import io.benchtop.service.identity.oidc.ProviderException.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What the claims of an ID token must be. Pure.
 *
 * @param nonce what this attempt asked to see again
 * @param skew how far the provider's clock may be from ours
 */
record IdTokenRules(String issuer, String clientId, String nonce, Instant now, Duration skew) {

    void check(JsonDocument claims) throws Refused {
        require(claims.text("iss").filter(issuer::equals).isPresent(), "is of another issuer");
        checkAudience(claims);
        long earliest = now.minus(skew).getEpochSecond();
        long latest = now.plus(skew).getEpochSecond();
        require(
                claims.seconds("exp").filter(end -> end > earliest).isPresent(),
                "has expired, or does not say when it does");
        require(
                claims.seconds("iat").filter(made -> made <= latest).isPresent(),
                "is from the future, or does not say when it was made");
        require(
                !claims.has("nbf")
                        || claims.seconds("nbf")
                                .filter(start -> start <= latest)
                                .isPresent(),
                "is not valid yet");
        require(claims.text("nonce").filter(nonce::equals).isPresent(), "was not made for this sign-in (nonce)");
        require(claims.text("sub").isPresent(), "does not say who it is about");
    }

    private void checkAudience(JsonDocument claims) throws Refused {
        Set<String> audience = claims.texts("aud");
        require(audience.contains(clientId), "is for another client");
        require(audience.size() == 1 || claims.has("azp"), "is for several clients and does not say who asked for it");
        require(
                !claims.has("azp")
                        || claims.text("azp").filter(clientId::equals).isPresent(),
                "was asked for by another client");
    }

    private static void require(boolean right, String complaint) throws Refused {
        if (!right) {
            throw new Refused("the ID token " + complaint);
        }
    }
}
