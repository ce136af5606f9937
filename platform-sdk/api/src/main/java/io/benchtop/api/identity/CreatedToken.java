package io.benchtop.api.identity;

import static java.util.Objects.requireNonNull;

/**
 * A token just made.
 *
 * @param id names it
 * @param name what its owner called it
 * @param token the secret, told this once
 * @param expiresAt ISO-8601 instant
 */
public record CreatedToken(String id, String name, String token, String expiresAt) {

    public CreatedToken {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(token, "token is null");
        requireNonNull(expiresAt, "expiresAt is null");
    }

    /** The token is a secret and stays out of logs. */
    @Override
    public String toString() {
        return "CreatedToken[" + id + ", " + name + ", expires " + expiresAt + "]";
    }
}
