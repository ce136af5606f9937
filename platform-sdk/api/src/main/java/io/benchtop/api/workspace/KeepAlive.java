package io.benchtop.api.workspace;

import static java.util.Objects.requireNonNull;

/**
 * A promise not to stop a workspace for being idle.
 *
 * @param until ISO-8601 instant
 * @param reason what the asker said
 */
public record KeepAlive(String until, String reason) {

    public KeepAlive {
        requireNonNull(until, "until is null");
        reason = reason == null ? "" : reason;
    }
}
