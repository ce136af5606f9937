package io.benchtop.api.identity;

import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/tokens}.
 *
 * @param name what the token is for
 * @param expiresIn ISO-8601 duration, at most {@code P90D}
 */
public record CreateTokenRequest(
        @Nullable String name, @Nullable String expiresIn) {}
