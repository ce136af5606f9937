package io.benchtop.api.identity;

import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/login}: name and password for an API token.
 *
 * @param name user name
 * @param password in clear, over the connection only
 * @param tokenName what the token is called in the list of tokens
 * @param expiresIn ISO-8601 duration, at most {@code P90D}
 */
public record LoginRequest(
        @Nullable String name,
        @Nullable String password,
        @Nullable String tokenName,
        @Nullable String expiresIn) {

    /** The password is a secret and stays out of logs. */
    @Override
    public String toString() {
        return "LoginRequest[" + name + ", " + tokenName + "]";
    }
}
