package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.ServerEnding;
import java.util.List;

/**
 * Why a workspace is in its state.
 *
 * @param code for programs
 * @param message for the person: what happened and what to do
 * @param logTail the evidence
 */
public record Reason(String code, String message, List<String> logTail) {

    static final int MAX_MESSAGE = 2000;
    static final int MAX_LOG = 20_000;

    public Reason {
        requireNonNull(code, "code is null");
        message = cut(requireNonNull(message, "message is null"), MAX_MESSAGE);
        logTail = lastOf(logTail);
    }

    static Reason of(String code, String message) {
        return new Reason(code, message, List.of());
    }

    static Reason of(ServerEnding ending) {
        return new Reason(ending.code().name(), ending.sentence(), ending.logTail());
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    /** The last lines are the interesting ones; as many as can be stored. */
    private static List<String> lastOf(List<String> lines) {
        int length = 0;
        int first = lines.size();
        while (first > 0 && length + lines.get(first - 1).length() + 1 <= MAX_LOG) {
            first--;
            length += lines.get(first).length() + 1;
        }
        return List.copyOf(lines.subList(first, lines.size()));
    }
}
