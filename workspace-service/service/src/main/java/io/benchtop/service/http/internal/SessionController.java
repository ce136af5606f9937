package io.benchtop.service.http.internal;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.http.SessionCookie;
import io.benchtop.service.identity.Sessions;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;

/** Gives the proxy a fresh cookie for a session in use. */
@Controller("/internal/sessions")
final class SessionController {

    @Serdeable
    record Renewed(String cookie) {}

    private final Sessions sessions;
    private final SessionCookie cookie;

    SessionController(Sessions sessions, SessionCookie cookie) {
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.cookie = requireNonNull(cookie, "cookie is null");
    }

    @Post("/{sid}:renew")
    Renewed renew(String sid) {
        return sessions.renew(sid)
                .map(session -> new Renewed(cookie.set(session)))
                .orElseThrow(() -> ProblemException.of(ErrorCode.NOT_FOUND, "This session has ended."));
    }
}
