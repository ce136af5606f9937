package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.change.Change;
import io.benchtop.service.change.ChangeLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Begins, renews and ends sessions. */
public final class Sessions {

    /** An ended session and when its last cookie is over. */
    public record Revoked(String sid, Instant expiresAt) {

        public Revoked {
            requireNonNull(sid, "sid is null");
            requireNonNull(expiresAt, "expiresAt is null");
        }
    }

    private final SessionRepository sessions;
    private final UserRepository users;
    private final SignedTokens tokens;
    private final ChangeLog changes;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final InstantSource clock;

    public Sessions(
            SessionRepository sessions,
            UserRepository users,
            SignedTokens tokens,
            ChangeLog changes,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.users = requireNonNull(users, "users is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.changes = requireNonNull(changes, "changes is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** A new session under a new name: whatever cookie the browser had before means nothing (S29). */
    IssuedSession begin(User user) {
        Instant now = clock.instant();
        Session session = new Session(Secrets.random(), user.name(), now, now, null);
        sessions.insert(session);
        sessions.forgetUnseenSince(now.minus(Session.ABSOLUTE_LIMIT));
        return issue(session, user);
    }

    /** A fresh token for a session that may still be used; nothing if it ended, its user is disabled, or it never was. */
    public Optional<IssuedSession> renew(String sid) {
        Instant now = clock.instant();
        return sessions.find(sid)
                .filter(session -> session.isAlive(now))
                .flatMap(session -> users.find(session.user())
                        .filter(user -> !user.disabled())
                        .map(user -> {
                            sessions.seen(sid, now);
                            return issue(session, user);
                        }));
    }

    /** Signs the caller out; a caller without session has nothing to end. */
    public void end(Caller caller) {
        if (!(caller.credential() instanceof Credential.Session(String sid, Instant _))) {
            return;
        }
        Instant now = clock.instant();
        transactions.run(() -> {
            if (sessions.end(sid, now)) {
                audit.done(
                        caller.user().value(),
                        caller.address(),
                        "session.sign-out",
                        "user/" + caller.user(),
                        "signed out");
                tellRevoked(sid, now);
            }
        });
    }

    /** Ends every session of a user, inside the caller's transaction; run the result as the last thing in it. */
    Runnable endAll(UserName user) {
        Instant now = clock.instant();
        List<String> ended = sessions.endAll(user, now);
        return () -> ended.forEach(sid -> tellRevoked(sid, now));
    }

    private void tellRevoked(String sid, Instant now) {
        changes.append(
                Change.Kind.SESSION_REVOKED, sid, now.plus(Session.COOKIE_LIFE).toString());
    }

    /** Every ended session of which a cookie could still be shown: the proxy's list of sessions to refuse. */
    public List<Revoked> revoked() {
        return sessions.endedSince(clock.instant().minus(Session.COOKIE_LIFE)).stream()
                .map(session -> new Revoked(
                        session.sid(), requireNonNull(session.endedAt()).plus(Session.COOKIE_LIFE)))
                .toList();
    }

    private IssuedSession issue(Session session, User user) {
        Instant now = clock.instant();
        Instant end = session.cookieEnd(now);
        SessionClaims claims =
                new SessionClaims(user.name(), user.displayName().value(), user.role(), session.sid(), now, end);
        return new IssuedSession(session.sid(), user, tokens.sign(claims), end);
    }
}
