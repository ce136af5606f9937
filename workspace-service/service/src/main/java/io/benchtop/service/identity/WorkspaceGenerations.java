package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Port: whether a server still runs whose token is shown. Implemented by the workspace feature; a token of a stopped or
 * restarted server is worth nothing.
 */
@FunctionalInterface
public interface WorkspaceGenerations {

    /** The workspace, if its server of exactly this generation has been started and not stopped. */
    Optional<Label> current(String workspaceId, long generation);

    /** What {@code GET /api/v1/me} says about it. */
    record Label(String id, String slug, String displayName) {

        public Label {
            requireNonNull(id, "id is null");
            requireNonNull(slug, "slug is null");
            requireNonNull(displayName, "displayName is null");
        }
    }
}
