package io.benchtop.api.model;

import org.jspecify.annotations.Nullable;

/**
 * {@code PUT /api/v1/models/{name}/aliases/{alias}}.
 *
 * @param version such as {@code 1.2.3}
 */
public record AliasRequest(@Nullable String version) {}
