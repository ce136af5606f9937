package io.benchtop.service.identity;

import io.benchtop.api.routing.JsonWebKeySet;
import java.time.Duration;
import java.util.Optional;

/**
 * Port: tokens that prove their content by our signature. Reading gives nothing for whatever is not exactly such a token of
 * ours in its time: any doubt is a no.
 */
public interface SignedTokens {

    String sign(SessionClaims claims);

    String sign(WorkspaceClaims claims);

    /** @param grace how long after its end a token is still read; zero for everything but renewal */
    Optional<SessionClaims> readSession(String token, Duration grace);

    Optional<WorkspaceClaims> readWorkspace(String token);

    /** The public keys by which others check them. */
    JsonWebKeySet publicKeys();
}
