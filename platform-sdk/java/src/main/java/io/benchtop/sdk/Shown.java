package io.benchtop.sdk;

import java.util.Map;
import java.util.stream.Collectors;

/** A value that shows itself from the same words as text and, in a notebook, as a table. */
public sealed interface Shown
        permits User,
                Workspace,
                Resources,
                KeepAlive,
                Dataset,
                RegisteredModel,
                ModelVersion,
                Endpoint,
                EndpointToken,
                Trial {

    /** What to show, by its heading, in order. */
    Map<String, String> shown();

    /** All of it in one line. */
    static String inOneLine(Shown value) {
        return value.shown().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", ", value.getClass().getSimpleName() + "(", ")"));
    }
}
