package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an identity provider says about a person, already proven to come from it.
 *
 * @param preferredName how the person is called there when signing in; a wish, not a key
 * @param displayName the full name
 * @param emailVerified whether the provider says that it checked the address; nothing else counts as yes
 * @param groups the values of the configured claim, exactly as told
 */
public record ExternalClaims(
        ExternalIdentity identity,
        @Nullable String preferredName,
        @Nullable String displayName,
        @Nullable String email,
        boolean emailVerified,
        Set<String> groups) {

    public ExternalClaims {
        requireNonNull(identity, "identity is null");
        groups = Set.copyOf(groups);
    }
}
