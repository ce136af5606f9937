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
    private final SignInLimits limits;
    private final Sessions sessions;
    private final Tokens tokens;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final String hashOfNobody;

    public Passwords(
            UserRepository users,
            PasswordHashing hashing,
            SignInLimits limits,
            Sessions sessions,
            Tokens tokens,
            Transactions transactions,
            AuditTrail audit) {
        this.users = requireNonNull(users, "users is null");
        this.hashing = requireNonNull(hashing, "hashing is null");
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
        PasswordPolicy.check(replacement, caller.user());
        checkCurrent(caller, current);
        String hash = hashing.hash(replacement);
        boolean browser = caller.credential() instanceof Credential.Session;
        Runnable[] after = new Runnable[2];
        Optional<IssuedSession> fresh = transactions.call(() -> {
            users.setPasswordHash(caller.user(), hash);
            after[0] = sessions.endAll(caller.user());
            after[1] = tokens.revokeAll(caller.user());
            audit.done(
                    caller.user().value(),
                    caller.address(),
                    "user.change-password",
                    "user/" + caller.user(),
                    "all sessions and tokens ended");
            return browser ? users.find(caller.user()).map(sessions::begin) : Optional.empty();
        });
        for (Runnable revocation : after) {
            revocation.run();
        }
        return fresh;
    }

    /** Whether it is the user's password; takes as long for a user who does not exist or has none. */
    boolean verify(Optional<User> user, String password) {
        Optional<String> hash = user.flatMap(known -> users.passwordHash(known.name()));
        boolean matches = hashing.matches(password, hash.orElse(hashOfNobody));
        return matches && hash.isPresent();
    }

    /** Sets the password that a sign-in link asked for, in the caller's transaction. */
    void set(UserName user, String hash) {
        users.setPasswordHash(user, hash);
    }

    String hash(String password, UserName user) {
        PasswordPolicy.check(password, user);
        return hashing.hash(password);
    }

    private void checkCurrent(Caller caller, @Nullable String current) {
        if (users.passwordHash(caller.user()).isEmpty()) {
            return;
        }
        limits.begin(caller.user().value(), caller.address());
        if (current == null
                || current.length() > PasswordPolicy.MAX_LENGTH
                || !verify(users.find(caller.user()), current)) {
            audit.refused(
                    caller.user().value(),
                    caller.address(),
                    "user.change-password",
                    "user/" + caller.user(),
                    ErrorCode.WRONG_CREDENTIALS,
                    "the current password was wrong");
            throw ProblemException.of(ErrorCode.WRONG_CREDENTIALS, "The current password is not right.");
        }
        limits.succeeded(caller.user().value(), caller.address());
    }
}
