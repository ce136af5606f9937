package io.benchtop.api.model;

import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/models/{name}/versions/{version}:approve} and {@code :reject}.
 *
 * @param comment why
 */
public record ReviewRequest(@Nullable String comment) {}
