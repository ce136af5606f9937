package io.benchtop.api.identity;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An API token as its owner sees it later: without the secret.
 *
 * @param id names it
 * @param name what its owner called it
 * @param createdAt ISO-8601 instant
 * @param expiresAt ISO-8601 instant
 * @param lastUsedAt ISO-8601 instant; null while unused
 */
public record Token(
        String id,
        String name,
        String createdAt,
        String expiresAt,
        @Nullable String lastUsedAt) {

    public Token {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(expiresAt, "expiresAt is null");
    }
}
