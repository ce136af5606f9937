package io.benchtop.api.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * A token that opens one endpoint and nothing else; the body of {@code POST /api/v1/endpoints/{name}/tokens}.
 *
 * @param client what its calls are counted under
 * @param expiresIn ISO-8601 duration of at most 90 days; without any 30 days
 */
public record EndpointTokenRequest(
        @Nullable String client, @Nullable String expiresIn) {}
