package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Tells who shows a credential. Signature and time come first and cost no query; then the database says whether the
 * credential still counts and what the user may do now: role and disabling are never taken from the token.
 */
public final class Authentication {

    /** A caller, and whether the browser's cookie should be made new with this answer. */
    public record BySession(Caller caller, boolean renewalDue) {

        public BySession {
            requireNonNull(caller, "caller is null");
        }
    }

    private static final Duration SEEN_PRECISION = Duration.ofMinutes(1);

    private final UserRepository users;
    private final SessionRepository sessions;
    private final Tokens tokens;
    private final SignedTokens signedTokens;
    private final WorkspaceGenerations generations;
    private final InstantSource clock;

    public Authentication(
            UserRepository users,
            SessionRepository sessions,
            Tokens tokens,
            SignedTokens signedTokens,
            WorkspaceGenerations generations,
            InstantSource clock) {
        this.users = requireNonNull(users, "users is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.signedTokens = requireNonNull(signedTokens, "signedTokens is null");
        this.generations = requireNonNull(generations, "generations is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * @param renewable whether a cookie past its own end is enough, as long as its session lives: so for a page that a
     *     person opens, because the answer brings a new cookie
     */
    public BySession bySession(String cookie, boolean renewable, String address) {
        Instant now = clock.instant();
        SessionClaims claims = signedTokens
                .readSession(cookie, renewable ? Session.IDLE_LIMIT : Duration.ZERO)
                .orElseThrow(Authentication::signInAgain);
        Session session = sessions.find(claims.sid())
                .filter(candidate -> candidate.isAlive(now) && candidate.user().equals(claims.user()))
                .orElseThrow(Authentication::signInAgain);
        User user = enabled(session.user()).orElseThrow(Authentication::signInAgain);
        if (session.lastSeenAt().plus(SEEN_PRECISION).isBefore(now)) {
            sessions.seen(session.sid(), now);
        }
        Credential credential = new Credential.Session(session.sid(), claims.expiresAt());
        return new BySession(caller(user, credential, address), claims.isPastHalfLife(now));
    }

    /** By an API token or by the token inside a running server. */
    public Caller byBearer(String bearer, String address) {
        return byBearer(bearer, address, "");
    }

    /** The same, and by a token that opens this endpoint; none does if it is empty. */
    public Caller byBearer(String bearer, String address, String endpoint) {
        Caller caller = byAnyBearer(bearer, address);
        if (caller.credential() instanceof Credential.EndpointToken token
                && !token.endpoint().equals(endpoint)) {
            throw ProblemException.of(
                    ErrorCode.UNAUTHENTICATED,
                    "This token opens the endpoint \"" + token.endpoint()
                            + "\" and nothing else. Make one of your own in the" + " settings.");
        }
        return caller;
    }

    /** The same, and by a token that opens one endpoint: for whoever asks who calls an endpoint, and for nothing else. */
    public Caller byAnyBearer(String bearer, String address) {
        Optional<Caller> caller = bearer.startsWith(TokenSecret.PREFIX)
                ? tokens.use(bearer)
                        .flatMap(token -> enabled(token.user()).map(user -> caller(user, credential(token), address)))
                : byWorkspaceToken(bearer, address);
        return caller.orElseThrow(() -> ProblemException.of(
                ErrorCode.UNAUTHENTICATED,
                "This token is not valid: it expired, was revoked, or belongs to a server that was stopped."
                        + " Sign in again with \"benchtop login\" or make a new token in the settings."));
    }

    private static Credential credential(ApiToken token) {
        return token.endpoint() == null
                ? new Credential.Token(token.id(), token.expiresAt())
                : new Credential.EndpointToken(token.id(), token.endpoint(), token.name(), token.expiresAt());
    }

    /** Whether somebody who was let in earlier still would be, as the same: for an answer that goes on and on (S05). */
    public boolean isInForce(Caller caller) {
        return enabled(caller.user())
                        .filter(user -> user.role() == caller.role())
                        .isPresent()
                && switch (caller.credential()) {
                    case Credential.Session(String sid, Instant _) ->
                        sessions.find(sid)
                                .filter(session -> session.isAlive(clock.instant()))
                                .isPresent();
                    case Credential.Token(String id, Instant _) -> tokens.isInForce(id);
                    case Credential.EndpointToken token -> tokens.isInForce(token.tokenId());
                    case Credential.WorkspaceServer(String id, long generation, Instant _) ->
                        generations.current(id, generation).isPresent();
                };
    }

    private Optional<Caller> byWorkspaceToken(String bearer, String address) {
        return signedTokens
                .readWorkspace(bearer)
                .filter(claims -> generations
                        .current(claims.workspaceId(), claims.generation())
                        .isPresent())
                .flatMap(claims -> enabled(claims.user()).map(user -> {
                    Credential credential = new Credential.WorkspaceServer(
                            claims.workspaceId(), claims.generation(), claims.expiresAt());
                    return caller(user, credential, address);
                }));
    }

    private Optional<User> enabled(UserName name) {
        return users.find(name).filter(user -> !user.disabled());
    }

    private static Caller caller(User user, Credential credential, String address) {
        return new Caller(user.name(), user.displayName().value(), user.role(), credential, address);
    }

    private static ProblemException signInAgain() {
        return ProblemException.of(ErrorCode.UNAUTHENTICATED, "You are not signed in any more. Sign in again.");
    }
}
