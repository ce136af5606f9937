package io.benchtop.api.workspace;

import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/workspaces}, best with an {@code Idempotency-Key} header.
 *
 * @param displayName free text
 * @param slug the last part of its path; made from the display name if missing
 * @param profile slug of a profile; the default one if missing
 * @param overrides what to choose differently from the profile, as far as it allows it
 * @param start whether to start its server at once; no if missing
 */
public record CreateWorkspaceRequest(
        @Nullable String displayName,
        @Nullable String slug,
        @Nullable String profile,
        @Nullable WorkspaceOverrides overrides,
        @Nullable Boolean start) {}
