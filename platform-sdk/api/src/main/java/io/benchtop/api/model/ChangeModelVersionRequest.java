package io.benchtop.api.model;

import org.jspecify.annotations.Nullable;

/**
 * {@code PATCH /api/v1/models/{name}/versions/{version}}.
 *
 * @param description free text; null leaves it
 */
public record ChangeModelVersionRequest(@Nullable String description) {}
