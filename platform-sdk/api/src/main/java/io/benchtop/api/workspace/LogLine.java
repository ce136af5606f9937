package io.benchtop.api.workspace;

import static java.util.Objects.requireNonNull;

/** The data of a {@code log} event of {@code GET /api/v1/workspaces/{id}/events}: one line of the server's log. */
public record LogLine(String line) {

    public LogLine {
        requireNonNull(line, "line is null");
    }
}
