package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.Authentication.BySession;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Credential;
import io.benchtop.service.identity.Sessions;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/**
 * Stands before every controller: who is it, and may a browser have been tricked into asking? Nothing is reachable without
 * an answer except what {@link RequestKind} calls open. The caller is left on the request for {@link CallerBinder}.
 */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
final class AuthenticationFilter implements Ordered {

    static final String CALLER = "benchtop.caller";
    private static final String RENEW = "benchtop.renew";

    private final Authenticator authenticator;
    private final RequestForgeryCheck forgery;
    private final InternalKey internalKey;
    private final Sessions sessions;
    private final SessionCookie cookie;

    AuthenticationFilter(
            Authenticator authenticator,
            RequestForgeryCheck forgery,
            InternalKey internalKey,
            Sessions sessions,
            SessionCookie cookie) {
        this.authenticator = requireNonNull(authenticator, "authenticator is null");
        this.forgery = requireNonNull(forgery, "forgery is null");
        this.internalKey = requireNonNull(internalKey, "internalKey is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.cookie = requireNonNull(cookie, "cookie is null");
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.order();
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    void check(HttpRequest<?> request) {
        switch (RequestKind.of(request.getPath())) {
            case INTERNAL -> internalKey.check(request);
            case MODEL_FILES -> {}
            case OPEN -> welcome(request);
            case API, TRACKING, PAGE -> require(request);
        }
    }

    /** Open to everybody, but who is signed in is known: the sign-in page sends that person on. */
    private void welcome(HttpRequest<?> request) {
        // Signing somebody in as somebody else is an attack too, so the sign-in form must be ours.
        boolean form = request.getPath().startsWith("/login");
        forgery.checkOrigin(request, form);
        if (!form || authenticator.sessionCookie(request).isEmpty() || Authenticator.hasBearer(request)) {
            return;
        }
        try {
            remember(request, authenticator.authenticate(request, true));
        } catch (ProblemException e) {
            // An old cookie is the usual reason to come here.
        }
    }

    private void require(HttpRequest<?> request) {
        boolean byCookie = authenticator.sessionCookie(request).isPresent();
        forgery.checkOrigin(request, byCookie);
        boolean renewable = Navigation.isOne(request);
        BySession found = authenticator.authenticate(request, renewable);
        if (found.caller().credential() instanceof Credential.Session(String sid, var _)) {
            forgery.checkToken(request, sid);
        }
        remember(request, found);
    }

    private static void remember(HttpRequest<?> request, BySession found) {
        request.setAttribute(CALLER, found.caller());
        if (found.renewalDue()) {
            request.setAttribute(RENEW, found.caller());
        }
    }

    @ResponseFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    void renew(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (response.getHeaders().contains("Set-Cookie")) {
            return;
        }
        request.getAttribute(RENEW, Caller.class)
                .map(Caller::credential)
                .map(Credential.Session.class::cast)
                .flatMap(session -> sessions.renew(session.sid()))
                .ifPresent(fresh -> response.header("Set-Cookie", cookie.set(fresh)));
    }
}
