package io.benchtop.service.identity;

import java.time.Instant;

/**
 * Port: who wants to know that a credential ended before its time; the proxy's feed is one. Called after the change is
 * committed, on the thread that made it; an implementation returns at once and does not throw.
 */
public interface Revocations {

    /** @param expiresAt when the last cookie of the session is over, and the revocation may be forgotten */
    void sessionRevoked(String sid, Instant expiresAt);

    void tokenRevoked(String tokenId);
}
