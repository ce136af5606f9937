package io.benchtop.service.http.internal;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.routing.RevokedSession;
import io.benchtop.api.routing.Route;
import io.benchtop.api.routing.RouteTable;
import io.benchtop.service.change.Change;
import io.benchtop.service.change.ChangeHistory;
import io.benchtop.service.change.ChangeListener;
import io.benchtop.service.change.ChangeTail;
import io.benchtop.service.change.Revision;
import io.benchtop.service.endpoint.EndpointRoutes;
import io.benchtop.service.identity.Sessions;
import io.benchtop.service.identity.SignedTokens;
import io.benchtop.service.identity.Tokens;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The route table as the proxy is told it. Its revision is the place in the change log up to which it is complete, so a proxy
 * goes on watching at any replica where it left off at another; only who comes with a place that the log does not have, or
 * not any more, is told to pull anew.
 *
 * <p>A replica's spawner may see a server a moment after the database says that it runs. Such a route is looked at again
 * several times a second until it is right, and told then.
 */
@Singleton
final class RouteFeed implements ChangeListener {

    /** What a watcher is told; the revision is that of the table after it. */
    record Event(String revision, String name, Object data) {}

    private final SignedTokens signedTokens;
    private final Sessions sessions;
    private final Tokens tokens;
    private final KnownRoutes routes;
    private final EndpointRoutes endpoints;
    private final RecentChanges recent = new RecentChanges();
    private final Set<Consumer<Event>> watchers = new HashSet<>();
    private final ChangeHistory history;
    private Revision revision;

    RouteFeed(
            ChangeTail tail,
            ChangeHistory history,
            KnownRoutes routes,
            EndpointRoutes endpoints,
            SignedTokens signedTokens,
            Sessions sessions,
            Tokens tokens) {
        this.signedTokens = requireNonNull(signedTokens, "signedTokens is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.routes = requireNonNull(routes, "routes is null");
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.history = requireNonNull(history, "history is null");
        this.revision = history.head();
        tail.follow(this);
    }

    /** What was revoked, and endpoints, are read after the revision: what changes in between is told twice, never not at all. */
    RouteTable table() {
        String complete;
        List<Route> known;
        synchronized (this) {
            complete = revision.toString();
            known = routes.all()
                    .orElseThrow(() -> ProblemException.of(
                            ErrorCode.UNAVAILABLE, "It cannot be told yet which servers run. Ask again in a moment."));
        }
        List<RevokedSession> revoked = sessions.revoked().stream()
                .map(session ->
                        new RevokedSession(session.sid(), session.expiresAt().toString()))
                .toList();
        return new RouteTable(complete, signedTokens.publicKeys(), known, revoked, tokens.revoked(), endpoints.all());
    }

    /** Tells the watcher what happened since that revision, and then all that happens until the result is run. */
    synchronized Runnable watch(String after, Consumer<Event> watcher) {
        Optional<Revision> place = Revision.find(after);
        if (place.isPresent() && place.get().number() > revision.number()) {
            // Another replica has told of what this one has not looked for yet.
            history.after(revision, RecentChanges.REMEMBERED).ifPresent(this::changed);
        }
        Optional<RecentChanges.Missed> missed = place.flatMap(recent::since);
        if (missed.isPresent()) {
            // What another replica saw too late it may not have told any more.
            missed.get().toRepeat().forEach(change -> tell(List.of(watcher), after, change));
            missed.get()
                    .toTell()
                    .forEach(change -> tell(List.of(watcher), change.revision().toString(), change));
        } else {
            watcher.accept(reset());
        }
        watchers.add(watcher);
        return () -> forget(watcher);
    }

    private synchronized void forget(Consumer<Event> watcher) {
        watchers.remove(watcher);
    }

    /** The routes are read after the place: what changes in between is told twice, never not at all. */
    @Override
    public synchronized void begin(Revision place) {
        recent.begin(history.last(RecentChanges.REMEMBERED), place);
        routes.reload();
        revision = place;
        watchers.forEach(watcher -> watcher.accept(reset()));
    }

    @Override
    public synchronized void changed(List<Change> changes) {
        for (Change change : changes) {
            if (change.revision().number() > revision.number()) {
                boolean news = switch (change.kind()) {
                    case WORKSPACE_CHANGED, WORKSPACE_REMOVED -> routes.refresh(change.subject());
                    case SESSION_REVOKED, TOKEN_REVOKED, ENDPOINT_CHANGED, ENDPOINT_REMOVED -> true;
                    case LOG_BEGUN, UNKNOWN -> false;
                };
                revision = change.revision();
                recent.add(change);
                if (news) {
                    tell(watchers, revision.toString(), change);
                }
            }
        }
    }

    @Override
    public synchronized void looked() {
        for (Route corrected : routes.lookAgain()) {
            Event event = new Event(revision.toString(), "route", corrected);
            watchers.forEach(watcher -> watcher.accept(event));
        }
    }

    private Event reset() {
        return new Event(revision.toString(), "reset", Map.of());
    }

    /** Tells how that which changed is now. */
    private void tell(Iterable<Consumer<Event>> listeners, String revisionAfter, Change change) {
        Event event = switch (change.kind()) {
            case WORKSPACE_CHANGED, WORKSPACE_REMOVED -> routeEvent(revisionAfter, change);
            case SESSION_REVOKED ->
                new Event(revisionAfter, "session-revoked", new RevokedSession(change.subject(), change.detail()));
            case TOKEN_REVOKED -> new Event(revisionAfter, "token-revoked", Map.of("tokenId", change.subject()));
            case ENDPOINT_CHANGED -> endpointEvent(revisionAfter, change);
            case ENDPOINT_REMOVED -> new Event(revisionAfter, "endpoint-removed", Map.of("name", change.detail()));
            case LOG_BEGUN, UNKNOWN -> new Event(revisionAfter, "heartbeat", "");
        };
        listeners.forEach(listener -> listener.accept(event));
    }

    /** One that is gone by now is told to be gone by a later change. */
    private Event endpointEvent(String revisionAfter, Change change) {
        return endpoints
                .find(change.subject())
                .map(endpoint -> new Event(revisionAfter, "endpoint", endpoint))
                .orElseGet(() -> new Event(revisionAfter, "heartbeat", ""));
    }

    private Event routeEvent(String revisionAfter, Change change) {
        return routes.find(change.subject())
                .map(route -> new Event(revisionAfter, "route", route))
                .orElseGet(() -> new Event(revisionAfter, "route-removed", Map.of("prefix", change.detail())));
    }
}
