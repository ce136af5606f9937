package io.benchtop.service.abtest;

import io.benchtop.service.endpoint.EndpointId;
import io.benchtop.service.model.Digest;

/**
 * An outcome whose side is known. Who it was is kept as a digest only: it is short whatever the key, and a copy of the database does not
 * list an application's users.
 *
 * @param user the digest
 * @param candidate whether the user met the candidate
 */
public record Placed(String user, boolean candidate, boolean converted) {

    static Placed of(EndpointId endpoint, Outcome outcome, boolean candidate) {
        return new Placed(Digest.of(endpoint + " " + outcome.key()), candidate, outcome.converted());
    }

    /** Of two of the same user: the side that was told first, and a conversion if there is one. */
    Placed and(Placed later) {
        return converted || !later.converted ? this : new Placed(user, candidate, true);
    }
}
