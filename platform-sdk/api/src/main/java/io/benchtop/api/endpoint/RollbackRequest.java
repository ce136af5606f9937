package io.benchtop.api.endpoint;

import org.jspecify.annotations.Nullable;

/** Back to what was served before; the body of {@code POST /api/v1/endpoints/{name}:rollback}. */
public record RollbackRequest(@Nullable String reason) {}
