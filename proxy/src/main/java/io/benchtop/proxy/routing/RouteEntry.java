package io.benchtop.proxy.routing;

import io.benchtop.api.routing.Route;
import io.benchtop.api.routing.RouteState;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One version of one route. Compared by identity on purpose: connections are pooled per entry, so a reused address can
 * never lead to the server that had it before. An entry that is replaced is retired for ever.
 */
public final class RouteEntry {

    private final Route route;
    private final @Nullable InetSocketAddress address;
    private final byte[] identityKey;
    private volatile boolean retired;

    public RouteEntry(Route route) {
        this.route = route;
        String target = route.target();
        this.address = target == null ? null : addressOf(URI.create(target));
        String key = route.identityKey();
        this.identityKey = key == null ? new byte[0] : Base64.getUrlDecoder().decode(key);
        if (route.state() == RouteState.RUNNING && identityKey.length < 32) {
            throw new IllegalArgumentException("the identity key of " + route.prefix() + " is shorter than 32 bytes");
        }
    }

    private static InetSocketAddress addressOf(URI target) {
        if (!"http".equals(target.getScheme()) || target.getHost() == null || target.getPort() < 0) {
            throw new IllegalArgumentException("a route's target is http://host:port, not " + target);
        }
        return new InetSocketAddress(target.getHost(), target.getPort());
    }

    public Route route() {
        return route;
    }

    /** Where the server listens; null unless it is running. */
    public @Nullable InetSocketAddress address() {
        return address;
    }

    /** The server's HS256 key; empty unless it is running. Not copied: callers only sign with it. */
    public byte[] identityKey() {
        return identityKey;
    }

    /** Whether the table holds another version, or none, by now. */
    public boolean isRetired() {
        return retired;
    }

    void retire() {
        retired = true;
    }

    @Override
    public String toString() {
        return route.toString();
    }
}
