package io.benchtop.api.identity;

import static java.util.Objects.requireNonNull;

/**
 * The workspace a caller runs in.
 *
 * @param id immutable, {@code ws_…}
 * @param slug the last part of its path
 * @param displayName free text
 */
public record WorkspaceReference(String id, String slug, String displayName) {

    public WorkspaceReference {
        requireNonNull(id, "id is null");
        requireNonNull(slug, "slug is null");
        requireNonNull(displayName, "displayName is null");
    }
}
