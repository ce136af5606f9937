package io.benchtop.service.identity;

import java.time.Instant;
import java.util.Optional;

/** Port: which user an identity at a provider is. An identity never changes its user, and a user has at most one. */
public interface ExternalIdentityRepository {

    Optional<UserName> find(ExternalIdentity identity);

    /** Whether this user signs in at a provider. */
    boolean isExternal(UserName user);

    /** Makes an existing user the one of this identity; false if the identity or the user is taken. */
    boolean insert(ExternalIdentity identity, UserName user, Instant at);
}
