package io.benchtop.service.identity;

import java.time.Instant;

/** Port: which attempts to sign in at a provider have come back, so that none comes back twice, to whichever replica. */
public interface AttemptRepository {

    /** Uses an attempt up; false if that happened before. Others that ended before {@code forget} are forgotten. */
    boolean use(String stateHash, Instant endsAt, Instant forget);
}
