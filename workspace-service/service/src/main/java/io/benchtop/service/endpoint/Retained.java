package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** A version that has no share any more and is kept running a while: for what is still on its way, and for an instant rollback. */
public record Retained(ServedVersion version, Instant until) {

    public Retained {
        requireNonNull(version, "version is null");
        requireNonNull(until, "until is null");
    }
}
