package io.benchtop.api.workspace;

import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/workspaces/{id}:keep-alive}: do not stop it for being idle.
 *
 * @param duration ISO-8601 duration from now, at most {@code PT24H}
 * @param reason a sentence for whoever wonders why it still runs
 */
public record KeepAliveRequest(
        @Nullable String duration, @Nullable String reason) {}
