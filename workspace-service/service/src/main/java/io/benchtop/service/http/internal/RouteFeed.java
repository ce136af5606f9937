package io.benchtop.service.http.internal;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.routing.RevokedSession;
import io.benchtop.api.routing.Route;
import io.benchtop.api.routing.RouteTable;
import io.benchtop.service.identity.Revocations;
import io.benchtop.service.identity.Sessions;
import io.benchtop.service.identity.SignedTokens;
import io.benchtop.service.workspace.Workspace;
import io.benchtop.service.workspace.WorkspaceEvents;
import io.benchtop.service.workspace.WorkspaceEvents.Changed;
import io.benchtop.service.workspace.WorkspaceEvents.Logged;
import io.benchtop.service.workspace.WorkspaceEvents.Removed;
import io.benchtop.service.workspace.WorkspaceRepository;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The route table as the proxy is told it, with the last changes so that a watch can go on from a snapshot.
 *
 * <p>A revision is this process's name and a count. Who comes with a revision that is not known (from before a restart, or
 * too old for the ring) is told to pull anew. All is done under one lock, so each watcher hears the changes in order and
 * without a gap; the snapshot is loaded under it too, after the feed has begun to listen.
 */
@Singleton
final class RouteFeed implements Revocations {

    /** A change; the revision is that of the table after it. */
    record Change(String revision, String name, Object data) {}

    private static final int REMEMBERED = 2000;

    private final SignedTokens tokens;
    private final Sessions sessions;
    private final RouteOf routeOf;
    private final String process = UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, Route> routes = new TreeMap<>();
    private final Deque<Change> changes = new ArrayDeque<>();
    private final Set<Consumer<Change>> watchers = new HashSet<>();
    private long count;

    RouteFeed(
            WorkspaceRepository workspaces,
            WorkspaceEvents events,
            SignedTokens tokens,
            Sessions sessions,
            RouteOf routeOf) {
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.routeOf = requireNonNull(routeOf, "routeOf is null");
        synchronized (this) {
            events.subscribe(this::take);
            workspaces.list().forEach(workspace -> routes.put(workspace.path(), routeOf.route(workspace)));
        }
    }

    /** Ended sessions are read after the revision: one that ends in between is told twice, never not at all. */
    RouteTable table() {
        String revision;
        List<Route> known;
        synchronized (this) {
            revision = revision();
            known = List.copyOf(routes.values());
        }
        List<RevokedSession> revoked = sessions.revoked().stream()
                .map(session ->
                        new RevokedSession(session.sid(), session.expiresAt().toString()))
                .toList();
        return new RouteTable(revision, tokens.publicKeys(), known, revoked);
    }

    /** Tells the watcher what happened since that revision, and then all that happens until the result is run. */
    synchronized Runnable watch(String after, Consumer<Change> watcher) {
        List<Change> missed = since(after);
        if (missed == null) {
            watcher.accept(new Change(revision(), "reset", Map.of()));
        } else {
            missed.forEach(watcher);
        }
        watchers.add(watcher);
        return () -> forget(watcher);
    }

    private synchronized void forget(Consumer<Change> watcher) {
        watchers.remove(watcher);
    }

    synchronized String revision() {
        return process + "-" + count;
    }

    private @Nullable List<Change> since(String after) {
        if (after.equals(revision())) {
            return List.of();
        }
        List<Change> all = List.copyOf(changes);
        int known = all.stream().map(Change::revision).toList().indexOf(after);
        return known < 0 ? null : all.subList(known + 1, all.size());
    }

    private synchronized void take(WorkspaceEvents.Event event) {
        switch (event) {
            case Changed(Workspace workspace) -> {
                Route route = routeOf.route(workspace);
                if (!route.equals(routes.put(route.prefix(), route))) {
                    tell("route", route);
                }
            }
            case Removed(Workspace workspace) -> {
                if (routes.remove(workspace.path()) != null) {
                    tell("route-removed", Map.of("prefix", workspace.path()));
                }
            }
            case Logged _ -> {}
        }
    }

    @Override
    public synchronized void sessionRevoked(String sid, Instant expiresAt) {
        tell("session-revoked", new RevokedSession(sid, expiresAt.toString()));
    }

    @Override
    public synchronized void tokenRevoked(String tokenId) {
        tell("token-revoked", Map.of("tokenId", tokenId));
    }

    private void tell(String name, Object data) {
        count++;
        Change change = new Change(revision(), name, data);
        changes.addLast(change);
        if (changes.size() > REMEMBERED) {
            changes.removeFirst();
        }
        watchers.forEach(watcher -> watcher.accept(change));
    }
}
