package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A session and the token to put into the browser's cookie.
 *
 * @param token a secret
 * @param expiresAt when the token ends; the session is renewed before
 */
public record IssuedSession(String sid, User user, String token, Instant expiresAt) {

    public IssuedSession {
        requireNonNull(sid, "sid is null");
        requireNonNull(user, "user is null");
        requireNonNull(token, "token is null");
        requireNonNull(expiresAt, "expiresAt is null");
    }

    @Override
    public String toString() {
        return "IssuedSession[" + user.name() + ", expires " + expiresAt + "]";
    }
}
