package io.benchtop.service.spawn;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How a server ended.
 *
 * @param code for programs
 * @param sentence for the person: what happened and what to do
 * @param logTail the evidence
 */
public record ServerEnding(EndingCode code, String sentence, List<String> logTail) {

    public ServerEnding {
        requireNonNull(code, "code is null");
        requireNonNull(sentence, "sentence is null");
        logTail = List.copyOf(logTail);
    }

    /** Whether the person should be told that something went wrong. */
    public boolean isFailure() {
        return code != EndingCode.STOPPED;
    }
}
