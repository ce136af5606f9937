package io.benchtop.api.routing;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * The body of {@code POST /internal/endpoints:observed}: by what a proxy goes now. Told at once when an endpoint changes, and every few
 * seconds as a sign of life; each replaces the one before.
 *
 * @param proxy names the process
 * @param generations of every endpoint by its id, as in {@link EndpointRoute}
 */
public record ObservedEndpoints(String proxy, Map<String, Long> generations) {

    public ObservedEndpoints {
        requireNonNull(proxy, "proxy is null");
        if (proxy.isBlank() || proxy.length() > 64) {
            throw new IllegalArgumentException("a proxy's name has 1 to 64 characters");
        }
        generations = Map.copyOf(generations);
    }
}
