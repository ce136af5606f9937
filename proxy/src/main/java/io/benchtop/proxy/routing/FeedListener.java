package io.benchtop.proxy.routing;

import io.benchtop.api.routing.EndpointRoute;
import io.benchtop.api.routing.JsonWebKeySet;
import io.benchtop.api.routing.RevokedSession;

/** What others must do when the feed says that something is no longer so. Called on the feed's thread. */
public interface FeedListener {

    /** Connections and tunnels of this version of a route must be closed. */
    default void routeRetired(RouteEntry entry) {}

    /** The endpoint is new, or it is like this from now on. */
    default void endpointChanged(EndpointRoute route) {}

    /** The endpoint is gone. */
    default void endpointRemoved(String name) {}

    /** The session is over, whatever its cookie says. */
    default void sessionRevoked(RevokedSession session) {}

    /** The API token is over. */
    default void tokenRevoked(String tokenId) {}

    /** These are the only keys that sign sessions from now on. */
    default void keysChanged(JsonWebKeySet keys) {}
}
