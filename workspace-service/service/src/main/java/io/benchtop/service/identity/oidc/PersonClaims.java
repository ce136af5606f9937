package io.benchtop.service.identity.oidc;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import io.benchtop.service.identity.ExternalClaims;
import io.benchtop.service.identity.ExternalIdentity;
import io.benchtop.service.identity.oidc.ProviderException.Refused;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says about a person, from the ID token and perhaps from the userinfo endpoint. Pure.
 *
 * @param roleClaim name of the claim with the groups; null if there is none
 */
record PersonClaims(JsonDocument claims, @Nullable String roleClaim) {

    private static final List<String> PROFILE = List.of("preferred_username", "name", "email");

    PersonClaims {
        requireNonNull(claims, "claims is null");
    }

    /** Whether there is nothing left to ask. */
    boolean isComplete() {
        return PROFILE.stream().allMatch(claims::has)
                && (roleClaim == null || !claims.textsAt(roleClaim).isEmpty());
    }

    /**
     * With what the other document says more; it must be about the same person. What both say counts as the ID token says
     * it, and whether an address was verified only together with the address.
     */
    PersonClaims and(JsonDocument userInfo) throws Refused {
        if (claims.text("sub").isEmpty() || !claims.text("sub").equals(userInfo.text("sub"))) {
            throw new Refused("the userinfo endpoint answered about somebody else");
        }
        JsonObject all = userInfo.members().deepCopy();
        if (claims.has("email")) {
            all.remove("email_verified");
        }
        claims.members().asMap().forEach(all::add);
        return new PersonClaims(new JsonDocument(all), roleClaim);
    }

    ExternalClaims of(ExternalIdentity identity) {
        return new ExternalClaims(
                identity,
                claims.text("preferred_username").orElse(null),
                claims.text("name").orElse(null),
                claims.text("email").orElse(null),
                claims.isTrue("email_verified"),
                roleClaim == null ? Set.of() : claims.textsAt(roleClaim));
    }
}
