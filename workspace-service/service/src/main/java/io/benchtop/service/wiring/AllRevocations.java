package io.benchtop.service.wiring;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.Revocations;
import io.micronaut.context.BeanProvider;
import java.time.Instant;

/** Tells everybody who listens. Looked up late, because who listens may itself need the sessions. */
final class AllRevocations implements Revocations {

    private final BeanProvider<Revocations> listeners;

    AllRevocations(BeanProvider<Revocations> listeners) {
        this.listeners = requireNonNull(listeners, "listeners is null");
    }

    @Override
    public void sessionRevoked(String sid, Instant expiresAt) {
        listeners.forEach(listener -> listener.sessionRevoked(sid, expiresAt));
    }

    @Override
    public void tokenRevoked(String tokenId) {
        listeners.forEach(listener -> listener.tokenRevoked(tokenId));
    }
}
