package io.benchtop.api.workspace;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server of a workspace is doing.
 *
 * @param code what a program decides by
 * @param phase {@code queued}, {@code scheduled}, {@code pulling}, {@code starting} or {@code ready} while it starts and once it
 *     runs; null otherwise
 * @param detail the last thing that was told about the start, a sentence; empty if there is nothing to tell
 * @param phaseSince ISO-8601 instant at which the phase began; null without one
 * @param reasonCode why it failed or stopped, for example {@code PORT_TAKEN}; null if nothing is to be told
 * @param message the state as a sentence, with what to do if it failed
 * @param since ISO-8601 instant at which it came into this state
 * @param logTail the last lines of its log, told when it failed
 */
public record WorkspaceState(
        WorkspaceStateCode code,
        @Nullable String phase,
        String detail,
        @Nullable String phaseSince,
        @Nullable String reasonCode,
        String message,
        String since,
        List<String> logTail) {

    public WorkspaceState {
        requireNonNull(code, "code is null");
        requireNonNull(since, "since is null");
        detail = detail == null ? "" : detail;
        message = message == null ? "" : message;
        logTail = logTail == null ? List.of() : List.copyOf(logTail);
    }
}
