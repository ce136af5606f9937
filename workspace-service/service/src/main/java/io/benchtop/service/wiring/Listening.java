package io.benchtop.service.wiring;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;

/** Whether the service listens. Its admin port does long before, so that a slow start is not taken for a dead process. */
@Singleton
final class Listening implements ApplicationEventListener<ServerStartupEvent> {

    private volatile boolean begun;

    boolean hasBegun() {
        return begun;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        begun = true;
    }
}
