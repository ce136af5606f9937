package io.benchtop.service.endpoint;

import io.benchtop.service.identity.Caller;

/** Port: what endpoints ask the registry. */
public interface Servable {

    /**
     * The version that this person may put into production. Inside a transaction it stays that until the transaction ends: it is not
     * deleted meanwhile.
     *
     * @param version a version such as {@code 0.0.1}, or an alias
     * @throws io.benchtop.service.problem.ProblemException {@code NOT_FOUND} if there is none that the caller may see, {@code CONFLICT}
     *     with a sentence if it is not ready, cannot be served or is not approved
     */
    ServedVersion promotable(Caller caller, String model, String version);
}
