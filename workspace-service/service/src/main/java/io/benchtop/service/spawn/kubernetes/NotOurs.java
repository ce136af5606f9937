package io.benchtop.service.spawn.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** A name that we need is taken by an object that we have not made. */
final class NotOurs extends RuntimeException {

    NotOurs(String kind, HasMetadata object) {
        super(
                "In the namespace " + object.getMetadata().getNamespace() + " there is a " + kind + " named "
                        + object.getMetadata().getName()
                        + " that is not this workspace's. Ask an administrator to look at it, and to remove it if nobody needs it.");
    }
}
