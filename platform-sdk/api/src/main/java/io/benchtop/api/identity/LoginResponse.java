package io.benchtop.api.identity;

import static java.util.Objects.requireNonNull;

/**
 * A fresh API token.
 *
 * @param token the secret, told this once
 * @param expiresAt ISO-8601 instant
 */
public record LoginResponse(String token, String expiresAt) {

    public LoginResponse {
        requireNonNull(token, "token is null");
        requireNonNull(expiresAt, "expiresAt is null");
    }

    /** The token is a secret and stays out of logs. */
    @Override
    public String toString() {
        return "LoginResponse[expires " + expiresAt + "]";
    }
}
