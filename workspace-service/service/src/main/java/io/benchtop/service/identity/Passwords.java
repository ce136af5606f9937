package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks and changes passwords. */
public final class Passwords {

    private final UserRepository users;
    private final PasswordHashing hashing;
    private final SignInMethods methods;
    private final SignInLimits limits;
    private final Sessions sessions;
    private final Tokens tokens;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final String hashOfNobody;

    public Passwords(
            UserRepository users,
            PasswordHashing hashing,
            SignInMethods methods,
            SignInLimits limits,
            Sessions sessions,
            Tokens tokens,
            Transactions transactions,
            AuditTrail audit) {
        this.users = requireNonNull(users, "users is null");
        this.hashing = requireNonNull(hashing, "hashing is null");
        this.methods = requireNonNull(methods, "methods is null");
        this.limits = requireNonNull(limits, "limits is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.hashOfNobody = hashing.hash(Secrets.random());
    }

    /**
     * The caller's own password. Every session and token of the user ends, whoever holds them; the answer is a new session
     * for this browser, or nothing if the caller came with a token.
     */
    public Optional<IssuedSession> change(Caller caller, @Nullable String current, String replacement) {
        methods.requirePasswordFor(caller.user());
        PasswordPolicy.check(replacement, caller.user());
        Optional<String> verified = checkCurrent(caller, current);
        String hash = hashing.hash(replacement);
        boolean browser = caller.credential() instanceof Credential.Session;
        return transactions.call(() -> {
            User user = lock(caller.user(), verified).orElseThrow(Passwords::wrong);
            users.setPasswordHash(caller.user(), hash);
            Runnable sessionsEnd = sessions.endAll(caller.user());
            Runnable tokensEnd = tokens.revokeAll(caller.user());
            audit.done(
                    caller.user().value(),
                    caller.address(),
                    "user.change-password",
                    "user/" + caller.user(),
                    "all sessions and tokens ended");
            Optional<IssuedSession> fresh = browser ? Optional.of(sessions.begin(user)) : Optional.empty();
            sessionsEnd.run();
            tokensEnd.run();
            return fresh;
        });
    }

    /** Refuses where nobody signs in by password. */
    void requireAllowed() {
        methods.requirePasswords();
    }

    /**
     * The hash if it is that of the user's password; takes as long for a user who does not exist or has none. Hashing is
     * slow on purpose, so before acting on the result ask {@link #lock} whether it is still so.
     */
    Optional<String> verify(Optional<User> user, String password) {
        Optional<String> hash = user.map(User::name).filter(methods::byPassword).flatMap(users::passwordHash);
        boolean matches = hashing.matches(password, hash.orElse(hashOfNobody));
        return hash.filter(_ -> matches);
    }

    /**
     * The user as now, if not disabled and still with this password, locked in the caller's transaction: a change that
     * ends all sessions comes either before this or after what the transaction makes.
     */
    Optional<User> lock(UserName name, Optional<String> hash) {
        return users.lock(name)
                .filter(user -> !user.disabled() && users.passwordHash(name).equals(hash));
    }

    /** Sets the password that a sign-in link asked for, in the caller's transaction. */
    void set(UserName user, String hash) {
        users.setPasswordHash(user, hash);
    }

    String hash(String password, UserName user) {
        methods.requirePasswordFor(user);
        PasswordPolicy.check(password, user);
        return hashing.hash(password);
    }

    private Optional<String> checkCurrent(Caller caller, @Nullable String current) {
        if (users.passwordHash(caller.user()).isEmpty()) {
            return Optional.empty();
        }
        limits.begin(caller.user().value(), caller.address());
        Optional<String> verified = current == null || current.length() > PasswordPolicy.MAX_LENGTH
                ? Optional.empty()
                : verify(users.find(caller.user()), current);
        if (verified.isEmpty()) {
            audit.refused(
                    caller.user().value(),
                    caller.address(),
                    "user.change-password",
                    "user/" + caller.user(),
                    ErrorCode.WRONG_CREDENTIALS,
                    "the current password was wrong");
            throw wrong();
        }
        limits.succeeded(caller.user().value(), caller.address());
        return verified;
    }

    private static ProblemException wrong() {
        return ProblemException.of(ErrorCode.WRONG_CREDENTIALS, "The current password is not right.");
    }
}
