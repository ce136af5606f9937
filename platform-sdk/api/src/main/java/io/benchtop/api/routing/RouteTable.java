package io.benchtop.api.routing;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A whole snapshot for the proxy, the answer of {@code GET /internal/routes}.
 *
 * @param revision opaque; the watch that continues from this snapshot is asked for with it
 * @param jwks the public keys that verify session cookies
 * @param routes every workspace's route, running or not
 * @param revokedSessions sessions ended before their cookie's expiry
 * @param revokedTokens ids of API tokens revoked lately; none if whoever wrote the table does not know of them
 * @param endpoints every endpoint; none if whoever wrote the table does not know of them
 */
public record RouteTable(
        String revision,
        JsonWebKeySet jwks,
        List<Route> routes,
        List<RevokedSession> revokedSessions,
        List<String> revokedTokens,
        List<EndpointRoute> endpoints) {

    public RouteTable {
        requireNonNull(revision, "revision is null");
        requireNonNull(jwks, "jwks is null");
        routes = List.copyOf(routes);
        revokedSessions = List.copyOf(revokedSessions);
        revokedTokens = revokedTokens == null ? List.of() : List.copyOf(revokedTokens);
        endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
    }

    /** A table of an installation without endpoints. */
    public RouteTable(
            String revision,
            JsonWebKeySet jwks,
            List<Route> routes,
            List<RevokedSession> revokedSessions,
            List<String> revokedTokens) {
        this(revision, jwks, routes, revokedSessions, revokedTokens, List.of());
    }
}
