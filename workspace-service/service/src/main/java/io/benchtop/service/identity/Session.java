package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A browser's stay after one sign-in. The database is the truth about it; the cookie is a signed copy with a short life
 * ({@link #COOKIE_LIFE}) that the proxy can check alone, so an ended session is over everywhere within the revocation
 * feed's delay and at the latest when its cookie ends.
 *
 * @param lastSeenAt exact to a minute
 * @param endedAt when it was signed out or revoked; null while it may be used
 */
public record Session(
        String sid,
        UserName user,
        Instant createdAt,
        Instant lastSeenAt,
        @Nullable Instant endedAt) {

    public static final Duration COOKIE_LIFE = Duration.ofHours(1);
    public static final Duration IDLE_LIMIT = Duration.ofHours(24);
    public static final Duration ABSOLUTE_LIMIT = Duration.ofDays(14);

    public Session {
        requireNonNull(sid, "sid is null");
        requireNonNull(user, "user is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(lastSeenAt, "lastSeenAt is null");
    }

    public boolean isAlive(Instant now) {
        return endedAt == null && now.isBefore(lastSeenAt.plus(IDLE_LIMIT)) && now.isBefore(absoluteEnd());
    }

    /** When a cookie made now ends. */
    Instant cookieEnd(Instant now) {
        Instant end = now.plus(COOKIE_LIFE);
        return end.isBefore(absoluteEnd()) ? end : absoluteEnd();
    }

    private Instant absoluteEnd() {
        return createdAt.plus(ABSOLUTE_LIMIT);
    }
}
