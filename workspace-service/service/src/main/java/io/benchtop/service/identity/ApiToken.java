package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token that a person made for the command line or a program, without its secret.
 *
 * @param name what its owner called it
 * @param lastUsedAt exact to a minute; null while unused
 * @param endpoint the only endpoint that it opens, and then it opens nothing else; null for one that may do what its owner may
 */
public record ApiToken(
        String id,
        UserName user,
        String name,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable String endpoint) {

    public ApiToken {
        requireNonNull(id, "id is null");
        requireNonNull(user, "user is null");
        requireNonNull(name, "name is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(expiresAt, "expiresAt is null");
    }

    /** One that may do what its owner may. */
    public ApiToken(
            String id, UserName user, String name, Instant createdAt, Instant expiresAt, @Nullable Instant lastUsedAt) {
        this(id, user, name, createdAt, expiresAt, lastUsedAt, null);
    }
}
