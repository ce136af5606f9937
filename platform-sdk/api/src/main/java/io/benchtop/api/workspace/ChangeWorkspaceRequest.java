package io.benchtop.api.workspace;

import org.jspecify.annotations.Nullable;

/**
 * {@code PATCH /api/v1/workspaces/{id}}; what is null stays as it is.
 *
 * @param displayName free text
 * @param profile slug of a profile, in force from the next start; another one drops the overrides made for the last
 * @param overrides all that is to be different from the profile, in force from the next start
 */
public record ChangeWorkspaceRequest(
        @Nullable String displayName,
        @Nullable String profile,
        @Nullable WorkspaceOverrides overrides) {}
