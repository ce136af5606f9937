package io.benchtop.service.endpoint;

import io.benchtop.service.lease.HeldLease;

/** Port: who else goes on, by itself, with something about endpoints. It is asked once in each look, by whoever holds the lease. */
@FunctionalInterface
public interface EndpointWatch {

    EndpointWatch NONE = _ -> {};

    void look(HeldLease lease);
}
