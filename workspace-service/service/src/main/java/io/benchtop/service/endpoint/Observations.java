package io.benchtop.service.endpoint;

import java.time.Instant;
import java.util.Map;

/** Port: by which generation of each endpoint every proxy goes. */
public interface Observations {

    /**
     * Replaces what this proxy said before.
     *
     * @param proxy names the process
     * @param generations by the endpoint's id
     */
    void observe(String proxy, Instant now, Map<String, Long> generations);

    /**
     * Whether every proxy goes by that generation of the endpoint, or a later one. One that has not been heard of since then is gone, and
     * one that never was has yet to begin: both are not waited for.
     */
    boolean areAt(EndpointId id, long generation, Instant heardSince);

    /** Forgets proxies that have not been heard of since then. */
    void forgetBefore(Instant time);
}
