package io.benchtop.modelserver.rest;

import java.time.Duration;

/** What a client may ask of the server: bytes of a body, connections in all, and time to send a request. */
public record RestLimits(int maxBody, int connections, Duration patience) {

    public RestLimits {
        if (maxBody < 1 || connections < 1 || !patience.isPositive()) {
            throw new IllegalArgumentException("limits must be at least 1");
        }
    }
}
