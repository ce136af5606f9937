package io.benchtop.proxy.routing;

import io.benchtop.api.routing.EndpointRoute;
import io.benchtop.api.routing.JsonWebKeySet;
import io.benchtop.api.routing.RevokedSession;
import io.benchtop.api.routing.Route;
import io.benchtop.api.routing.RouteTable;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes as they are now. Event loops look up without locks; only the feed's thread changes anything, and tells
 * the listeners what ended.
 */
public final class LiveRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final Map<String, RouteEntry> entries = new ConcurrentHashMap<>();
    private final Map<String, EndpointRoute> endpoints = new ConcurrentHashMap<>();
    private final Map<String, RevokedSession> revoked = new ConcurrentHashMap<>();
    private final Set<String> revokedTokens = ConcurrentHashMap.newKeySet();
    private final List<FeedListener> listeners = new CopyOnWriteArrayList<>();
    private volatile JsonWebKeySet keys = new JsonWebKeySet(List.of());
    private volatile String revision = "";
    private volatile boolean loaded;

    public void addListener(FeedListener listener) {
        listeners.add(listener);
    }

    /** The entry for {@code /user/<name>/<slug>/}, or null. */
    public @Nullable RouteEntry find(String prefix) {
        return entries.get(prefix);
    }

    /** The endpoint of that name as the table has it, or null. */
    public @Nullable EndpointRoute endpoint(String name) {
        return endpoints.get(name);
    }

    public Collection<EndpointRoute> endpoints() {
        return endpoints.values();
    }

    public Collection<RouteEntry> all() {
        return entries.values();
    }

    /** Whether a table was ever loaded, from the service or from disk. */
    public boolean isLoaded() {
        return loaded;
    }

    String revision() {
        return revision;
    }

    /** Whether the table is from before what is known. Only numbered revisions tell. */
    boolean isAheadOf(RouteTable table) {
        boolean numbered = NUMBER.matcher(revision).matches()
                && NUMBER.matcher(table.revision()).matches();
        return numbered && Long.parseLong(table.revision()) < Long.parseLong(revision);
    }

    void replaceAll(RouteTable table) {
        keysChanged(table.jwks());
        Set<String> kept = new HashSet<>();
        for (Route route : table.routes()) {
            kept.add(route.prefix());
            upsert(route);
        }
        List.copyOf(entries.keySet()).stream()
                .filter(prefix -> !kept.contains(prefix))
                .forEach(this::remove);
        replaceEndpoints(table.endpoints());
        table.revokedSessions().forEach(this::revoke);
        table.revokedTokens().forEach(this::revokeToken);
        revokedTokens.retainAll(table.revokedTokens());
        revision = table.revision();
        loaded = true;
    }

    private void replaceEndpoints(List<EndpointRoute> table) {
        Set<String> kept = new HashSet<>();
        for (EndpointRoute route : table) {
            kept.add(route.name());
            upsert(route);
        }
        List.copyOf(endpoints.keySet()).stream()
                .filter(name -> !kept.contains(name))
                .forEach(this::removeEndpoint);
    }

    void upsert(EndpointRoute route) {
        if (!route.equals(endpoints.put(route.name(), route))) {
            listeners.forEach(listener -> listener.endpointChanged(route));
        }
    }

    void removeEndpoint(String name) {
        if (endpoints.remove(name) != null) {
            listeners.forEach(listener -> listener.endpointRemoved(name));
        }
    }

    void upsert(Route route) {
        RouteEntry old = entries.get(route.prefix());
        if (old != null && old.route().equals(route)) {
            return;
        }
        try {
            entries.put(route.prefix(), new RouteEntry(route));
        } catch (IllegalArgumentException e) {
            // One bad row must not keep all the others away.
            LOG.warn("a route is invalid and is left out route={} reason={}", route.prefix(), e.getMessage());
            entries.remove(route.prefix());
        }
        retire(old);
    }

    void remove(String prefix) {
        retire(entries.remove(prefix));
    }

    private void retire(@Nullable RouteEntry old) {
        if (old != null) {
            old.retire();
            listeners.forEach(listener -> listener.routeRetired(old));
        }
    }

    void revoke(RevokedSession session) {
        if (revoked.put(session.sid(), session) == null) {
            listeners.forEach(listener -> listener.sessionRevoked(session));
        }
    }

    void revokeToken(String tokenId) {
        if (revokedTokens.add(tokenId)) {
            listeners.forEach(listener -> listener.tokenRevoked(tokenId));
        }
    }

    void keysChanged(JsonWebKeySet now) {
        if (!now.equals(keys)) {
            keys = now;
            listeners.forEach(listener -> listener.keysChanged(now));
        }
    }

    void advanceTo(String newRevision) {
        if (!newRevision.isEmpty()) {
            revision = newRevision;
        }
    }

    void forgetRevocationsBefore(Instant now) {
        revoked.values().removeIf(session -> Instant.parse(session.expiresAt()).isBefore(now));
    }

    /** What is kept on disk. */
    RouteTable snapshot() {
        List<Route> routes = entries.values().stream().map(RouteEntry::route).toList();
        return new RouteTable(
                revision,
                keys,
                routes,
                List.copyOf(revoked.values()),
                List.copyOf(revokedTokens),
                List.copyOf(endpoints.values()));
    }
}
