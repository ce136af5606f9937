package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

/**
 * The wish that one version of an endpoint has model-servers.
 *
 * @param served the name under which clients ask for the model
 */
public record Arm(ArmId id, EndpointName served, Scaling scaling) {

    public Arm {
        requireNonNull(id, "id is null");
        requireNonNull(served, "served is null");
        requireNonNull(scaling, "scaling is null");
    }
}
