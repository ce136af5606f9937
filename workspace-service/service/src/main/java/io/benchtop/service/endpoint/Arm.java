package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

/**
 * The wish that one version of an endpoint has model-servers.
 *
 * @param served the name under which clients ask for the model
 * @param hardware what they run on, as {@link HardwareOffer} calls it
 */
public record Arm(ArmId id, EndpointName served, Scaling scaling, String hardware) {

    public Arm {
        requireNonNull(id, "id is null");
        requireNonNull(served, "served is null");
        requireNonNull(scaling, "scaling is null");
        requireNonNull(hardware, "hardware is null");
    }
}
