package io.benchtop.service.wiring;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;

/** Tells whoever started the process, by one line on its standard output, that it listens and where. */
@Singleton
final class ReadyLine implements ApplicationEventListener<ServerStartupEvent> {

    @Override
    // Part of the contract with the supervisor, not a log.
    public void onApplicationEvent(ServerStartupEvent event) {
        System.out.println("ready url=" + event.getSource().getURI());
        System.out.flush();
    }
}
