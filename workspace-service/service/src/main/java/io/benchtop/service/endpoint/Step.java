package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Something that happened to an endpoint, for people who ask why it is as it is.
 *
 * @param actor who asked for it, or {@code system}
 * @param code for programs, such as {@code PROMOTED}, {@code STEP}, {@code ROLLED_BACK}
 */
public record Step(Instant at, String actor, String code, String message) {

    public Step {
        requireNonNull(at, "at is null");
        requireNonNull(actor, "actor is null");
        requireNonNull(code, "code is null");
        requireNonNull(message, "message is null");
    }
}
