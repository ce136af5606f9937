package io.benchtop.api.routing;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One workspace as the proxy sees it: where its requests go and who may send them.
 *
 * <p>A workspace keeps its route while its server is stopped, so that the proxy can tell "not running" from "no such
 * thing". The target and the identity key are there exactly while the state is {@link RouteState#RUNNING}.
 *
 * @param prefix the path prefix, {@code /user/<name>/<slug>/}; also the route's identity in the table
 * @param workspaceId the workspace's immutable id
 * @param owner the user name of the only person who may use the route
 * @param state what the workspace's server is doing
 * @param target the server's base address, {@code http://host:port}, without path
 * @param audience the {@code aud} claim that the server expects in its identity header
 * @param identityKey base64url of the 32-byte HS256 key that signs the identity header for this server alone
 * @param startPath the page that shows the state of the workspace and offers to start it
 * @param generation counts the server's starts, so that a reused address is never taken for the old server
 */
public record Route(
        String prefix,
        String workspaceId,
        String owner,
        RouteState state,
        @Nullable String target,
        String audience,
        @Nullable String identityKey,
        String startPath,
        long generation) {

    public Route {
        requireNonNull(prefix, "prefix is null");
        requireNonNull(workspaceId, "workspaceId is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(state, "state is null");
        requireNonNull(audience, "audience is null");
        requireNonNull(startPath, "startPath is null");
        if (!prefix.startsWith("/user/") || !prefix.endsWith("/")) {
            throw new IllegalArgumentException("a route's prefix is /user/<name>/<slug>/, not " + prefix);
        }
        boolean running = state == RouteState.RUNNING;
        if (running != (target != null) || running != (identityKey != null)) {
            throw new IllegalArgumentException("a route has a target and a key exactly while it is RUNNING: " + prefix);
        }
    }

    /** The key is a secret and stays out of logs. */
    @Override
    public String toString() {
        return "Route[" + prefix + " " + state + " -> " + target + ", generation " + generation + "]";
    }
}
