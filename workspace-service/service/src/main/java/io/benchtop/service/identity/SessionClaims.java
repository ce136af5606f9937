package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** What a session cookie says. */
public record SessionClaims(
        UserName user, String displayName, Role role, String sid, Instant issuedAt, Instant expiresAt) {

    public SessionClaims {
        requireNonNull(user, "user is null");
        requireNonNull(displayName, "displayName is null");
        requireNonNull(role, "role is null");
        requireNonNull(sid, "sid is null");
        requireNonNull(issuedAt, "issuedAt is null");
        requireNonNull(expiresAt, "expiresAt is null");
    }

    /** Past half its life a cookie is renewed, so that a page in use never meets its end. */
    public boolean isPastHalfLife(Instant now) {
        return now.isAfter(issuedAt.plus(Session.COOKIE_LIFE.dividedBy(2)));
    }
}
