package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.change.Change;
import io.benchtop.service.change.ChangeLog;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes, lists, checks and revokes API tokens. Every one ends, after {@link #MAX_LIFE} at the latest. */
public final class Tokens {

    public static final Duration MAX_LIFE = Duration.ofDays(90);

    private static final int MAX_NAME_LENGTH = 100;
    private static final int MAX_TOKENS = 50;
    private static final Duration USED_PRECISION = Duration.ofMinutes(1);
    /** Longer than any proxy takes an answer about a token for granted, and than it may lose the service. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    /** A new token; its text is told this once. */
    public record Created(ApiToken token, String text) {

        public Created {
            requireNonNull(token, "token is null");
            requireNonNull(text, "text is null");
        }

        @Override
        public String toString() {
            return "Created[" + token + "]";
        }
    }

    private final TokenRepository repository;
    private final ChangeLog changes;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final InstantSource clock;

    public Tokens(
            TokenRepository repository,
            ChangeLog changes,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        this.repository = requireNonNull(repository, "repository is null");
        this.changes = requireNonNull(changes, "changes is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    public Created create(Caller caller, String name, Duration life) {
        return create(caller.user(), caller.address(), name, life);
    }

    /** A token that opens this endpoint and nothing else; whether the caller may give it is for whoever calls. */
    public Created createForEndpoint(Caller caller, String client, Duration life, String endpoint) {
        return create(caller.user(), caller.address(), client, life, endpoint);
    }

    Created create(UserName user, String address, String name, Duration life) {
        return create(user, address, name, life, null);
    }

    private Created create(UserName user, String address, String name, Duration life, @Nullable String endpoint) {
        Instant now = clock.instant();
        String checkedName = checkName(name);
        checkLife(life);
        TokenSecret secret = TokenSecret.random();
        ApiToken token = new ApiToken(secret.id(), user, checkedName, now, now.plus(life), null, endpoint);
        transactions.run(() -> {
            if (repository.list(user, now).size() >= MAX_TOKENS) {
                throw ProblemException.of(
                        ErrorCode.CONFLICT, "You have " + MAX_TOKENS + " tokens already. Revoke one you do not use.");
            }
            repository.insert(token, secret.hash());
            audit.done(
                    user.value(),
                    address,
                    "token.create",
                    "token/" + token.id(),
                    (endpoint == null ? "" : "opens endpoint/" + endpoint + ", ") + "expires " + token.expiresAt());
        });
        return new Created(token, secret.text());
    }

    /** The caller's own tokens. */
    public List<ApiToken> list(Caller caller) {
        return repository.list(caller.user(), clock.instant());
    }

    /** Revokes one of the caller's own; anybody else's is answered as if it did not exist. */
    public void revoke(Caller caller, String id) {
        transactions.run(() -> {
            ApiToken token = repository
                    .find(id)
                    .filter(candidate -> candidate.user().equals(caller.user()))
                    .orElseThrow(() -> ProblemException.notFound("token", id));
            repository.revoke(token.id(), clock.instant());
            audit.done(caller.user().value(), caller.address(), "token.revoke", "token/" + token.id(), token.name());
            tellRevoked(token.id());
        });
    }

    /** Revokes every token of a user, inside the caller's transaction; run the result as the last thing in it. */
    Runnable revokeAll(UserName user) {
        List<String> ids = repository.revokeAll(user, clock.instant());
        return () -> ids.forEach(this::tellRevoked);
    }

    /** Those revoked so lately that somebody may still remember them as good: the proxy's list of tokens to ask about anew. */
    public List<String> revoked() {
        return repository.revokedSince(clock.instant().minus(REMEMBERED));
    }

    private void tellRevoked(String id) {
        changes.append(Change.Kind.TOKEN_REVOKED, id, "");
    }

    /** The token of this text if it counts now, noting its use. Whether its user may still do anything is not asked. */
    Optional<ApiToken> use(String text) {
        Instant now = clock.instant();
        return TokenSecret.parse(text)
                .filter(secret -> repository
                        .secretHash(secret.id())
                        .filter(hash -> Secrets.equal(hash, secret.hash()))
                        .isPresent())
                .flatMap(secret -> repository.find(secret.id()))
                .filter(token -> now.isBefore(token.expiresAt()))
                .map(token -> noteUse(token, now));
    }

    /** Whether a token that was let in earlier still counts. */
    boolean isInForce(String id) {
        return repository
                .find(id)
                .filter(token -> clock.instant().isBefore(token.expiresAt()))
                .isPresent();
    }

    private ApiToken noteUse(ApiToken token, Instant now) {
        Instant last = token.lastUsedAt();
        if (last == null || last.plus(USED_PRECISION).isBefore(now)) {
            repository.used(token.id(), now);
        }
        return token;
    }

    private static String checkName(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty()
                || stripped.length() > MAX_NAME_LENGTH
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalidField(
                    "name", "must be 1 to " + MAX_NAME_LENGTH + " characters that say what the token is for");
        }
        return stripped;
    }

    private static void checkLife(Duration life) {
        if (life.isNegative() || life.isZero() || life.compareTo(MAX_LIFE) > 0) {
            throw ProblemException.invalidField("expiresIn", "must be more than nothing and at most 90 days (P90D)");
        }
    }
}
