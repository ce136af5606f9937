package io.benchtop.api.routing;

import static java.util.Objects.requireNonNull;

/**
 * A session that must not be honoured any more although its cookie is still valid.
 *
 * @param sid the cookie's {@code sid} claim
 * @param expiresAt ISO-8601 instant after which no cookie of the session can be valid and this entry may be forgotten
 */
public record RevokedSession(String sid, String expiresAt) {

    public RevokedSession {
        requireNonNull(sid, "sid is null");
        requireNonNull(expiresAt, "expiresAt is null");
    }
}
