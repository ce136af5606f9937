package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** A promise not to stop a workspace for being idle. */
public record KeptAlive(Instant until, String reason) {

    public KeptAlive {
        requireNonNull(until, "until is null");
        requireNonNull(reason, "reason is null");
    }
}
