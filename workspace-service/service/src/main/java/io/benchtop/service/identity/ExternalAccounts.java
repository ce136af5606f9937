package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users of those who come through an identity provider: made at the first sign-in, found by issuer and subject ever
 * after. A role that the provider decides is taken over at each sign-in, and ends what was signed in under the other; only
 * the last enabled administrator stays one whatever it decides.
 */
public final class ExternalAccounts {

    private static final Logger LOG = LoggerFactory.getLogger(ExternalAccounts.class);
    private static final int MAX_DISPLAY_NAME = 100;

    private final UserRepository users;
    private final ExternalIdentityRepository identities;
    private final Sessions sessions;
    private final Tokens tokens;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final InstantSource clock;

    public ExternalAccounts(
            UserRepository users,
            ExternalIdentityRepository identities,
            Sessions sessions,
            Tokens tokens,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        this.users = requireNonNull(users, "users is null");
        this.identities = requireNonNull(identities, "identities is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** A session for the person, made a user if needed; nothing if the user is disabled. */
    Optional<IssuedSession> enter(ExternalClaims claims, Admission.Admitted admitted, String address, String how) {
        List<Runnable> revocations = new ArrayList<>();
        Optional<IssuedSession> session = transactions.call(() -> {
            // Before the user, as whoever changes roles here locks them: else both wait for each other.
            boolean isOnlyAdmin = mayLoseAdmin(admitted) && users.lockAndCountEnabled(Role.ADMIN) == 1;
            User user = identities
                    .find(claims.identity())
                    .flatMap(users::lock)
                    .orElseGet(() -> create(claims, admitted.role(), address, how));
            if (user.disabled()) {
                return Optional.empty();
            }
            User now = user;
            if (isOnlyAdmin && user.role() == Role.ADMIN) {
                keepAdmin(user, admitted.role(), address, how);
            } else if (admitted.binding()) {
                now = withRole(user, admitted.role(), address, how, revocations);
            }
            users.signedIn(now.name(), clock.instant());
            audit.done(now.name().value(), address, "session.sign-in", "user/" + now.name(), how);
            return Optional.of(sessions.begin(now));
        });
        revocations.forEach(Runnable::run);
        return session;
    }

    private static boolean mayLoseAdmin(Admission.Admitted admitted) {
        return admitted.binding() && admitted.role() != Role.ADMIN;
    }

    /** Without an administrator nobody here could ever put it right again. */
    private void keepAdmin(User user, Role role, String address, String how) {
        LOG.atWarn()
                .addKeyValue("user", user.name())
                .addKeyValue("role", role.code())
                .log("the identity provider would take away the only administrator, who stays one; make another one");
        audit.refused(
                user.name().value(),
                address,
                "user.change-role",
                "user/" + user.name(),
                ErrorCode.CONFLICT,
                "admin to " + role.code() + ", " + how + ": the only administrator stays one");
    }

    private User create(ExternalClaims claims, Role role, String address, String how) {
        User user = UserNameChoice.candidates(claims)
                .map(name -> new User(name, displayName(claims, name), role, false, clock.instant(), null))
                .filter(users::insert)
                .findFirst()
                .orElseThrow(() -> ProblemException.of(
                        ErrorCode.CONFLICT, "Too many people have your user name. Ask an administrator for help."));
        if (!identities.insert(claims.identity(), user.name(), clock.instant())) {
            // Thrown to undo the user: the other sign-in has made one.
            throw ProblemException.retryLater(
                    ErrorCode.CONFLICT,
                    "You signed in for the first time twice at the same moment. Try again.",
                    Duration.ofSeconds(1));
        }
        audit.done(
                user.name().value(), address, "user.create", "user/" + user.name(), "role " + role.code() + ", " + how);
        return user;
    }

    private User withRole(User user, Role role, String address, String how, List<Runnable> revocations) {
        if (user.role() == role) {
            return user;
        }
        User changed = user.withRole(role);
        users.update(changed);
        revocations.add(sessions.endAll(user.name()));
        revocations.add(tokens.revokeAll(user.name()));
        String detail = user.role().code() + " to " + role.code() + ", " + how;
        audit.done(user.name().value(), address, "user.change-role", "user/" + user.name(), detail);
        return changed;
    }

    /** A name from elsewhere is cut to what a page shows on one line; one with nothing to show is not taken. */
    private static DisplayName displayName(ExternalClaims claims, UserName name) {
        return find(claims.displayName())
                .or(() -> find(claims.preferredName()))
                .orElseGet(() -> new DisplayName(name.value()));
    }

    private static Optional<DisplayName> find(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
        // Half a character, cut off here or sent so, is none that a database keeps.
        String cut = line.substring(0, Math.min(MAX_DISPLAY_NAME, line.length()))
                .replaceAll("\\p{Cs}", "")
                .strip();
        return cut.isEmpty() ? Optional.empty() : Optional.of(new DisplayName(cut));
    }
}
