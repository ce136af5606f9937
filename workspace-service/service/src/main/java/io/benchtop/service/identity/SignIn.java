package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ways in: name and password, for a browser or for a token, and a one-time link. A wrong name and a wrong password look
 * and take the same.
 */
public final class SignIn {

    /** What a person fills in after following a link; name and display name only for the first administrator. */
    public record LinkAnswer(
            @Nullable String name, @Nullable String displayName, String password) {

        public LinkAnswer {
            requireNonNull(password, "password is null");
        }

        @Override
        public String toString() {
            return "LinkAnswer[" + name + "]";
        }
    }

    private final UserRepository users;
    private final Passwords passwords;
    private final SignInLimits limits;
    private final SignInLinks links;
    private final Sessions sessions;
    private final Tokens tokens;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final InstantSource clock;

    public SignIn(
            UserRepository users,
            Passwords passwords,
            SignInLimits limits,
            SignInLinks links,
            Sessions sessions,
            Tokens tokens,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        this.users = requireNonNull(users, "users is null");
        this.passwords = requireNonNull(passwords, "passwords is null");
        this.limits = requireNonNull(limits, "limits is null");
        this.links = requireNonNull(links, "links is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** A browser session; put its token into the session cookie. */
    public IssuedSession byPassword(String name, String password, String address) {
        Checked checked = check(name, password, address);
        return transactions.call(() -> {
            User user = confirm(checked);
            noteSignIn(user, address, "by password");
            return sessions.begin(user);
        });
    }

    /** An API token, for the command line. */
    public Tokens.Created forToken(String name, String password, String tokenName, Duration life, String address) {
        Checked checked = check(name, password, address);
        return transactions.call(() -> {
            User user = confirm(checked);
            noteSignIn(user, address, "by password, for a token");
            return tokens.create(user.name(), address, tokenName, life);
        });
    }

    /**
     * A browser session by a one-time link, with the password that is valid from now on. All earlier sessions and tokens of
     * the user end. The link is used up only if everything else is right, so a typing mistake does not cost it.
     */
    public IssuedSession byLink(String token, LinkAnswer answer, String address) {
        SignInLink seen = links.look(token);
        UserName name = seen.user() != null ? seen.user() : newName(answer);
        String hash = passwords.hash(answer.password(), name);
        return transactions.call(() -> {
            SignInLink link = links.use(token);
            User user = link.user() == null ? createFirstAdmin(name, answer) : enabled(link.user());
            passwords.set(name, hash);
            Runnable sessionsEnd = sessions.endAll(name);
            Runnable tokensEnd = tokens.revokeAll(name);
            noteSignIn(user, address, "by a link, " + link.purpose().code());
            IssuedSession session = sessions.begin(user);
            sessionsEnd.run();
            tokensEnd.run();
            return session;
        });
    }

    /** Whose password was right, and under which hash. */
    private record Checked(UserName name, Optional<String> hash) {}

    private Checked check(String name, String password, String address) {
        passwords.requireAllowed();
        if (name.length() > 256 || password.length() > PasswordPolicy.MAX_LENGTH) {
            throw ProblemException.invalidField(
                    name.length() > 256 ? "name" : "password",
                    "is too long to be right; it has at most 256 characters");
        }
        limits.begin(name, address);
        Optional<User> user = UserName.find(name).flatMap(users::find);
        Optional<String> hash = passwords.verify(user, password);
        boolean right = hash.isPresent();
        if (!right || user.map(User::disabled).orElse(true)) {
            // What was typed as a name may be a password: only a name that exists is written down.
            String object = user.map(known -> "user/" + known.name()).orElse("user");
            audit.refused(
                    AuditTrail.ANONYMOUS,
                    address,
                    "session.sign-in",
                    object,
                    ErrorCode.WRONG_CREDENTIALS,
                    user.isEmpty() ? "unknown name" : right ? "disabled user" : "wrong password");
            throw wrong();
        }
        limits.succeeded(name, address);
        return new Checked(user.get().name(), hash);
    }

    /** A user who was disabled, or whose password or role was changed while it was hashed, does not slip in as before. */
    private User confirm(Checked checked) {
        return passwords.lock(checked.name(), checked.hash()).orElseThrow(SignIn::wrong);
    }

    private static ProblemException wrong() {
        return ProblemException.of(
                ErrorCode.WRONG_CREDENTIALS,
                "The name or the password is not right. If you forgot the password, ask an administrator for a"
                        + " sign-in link.");
    }

    private User createFirstAdmin(UserName name, LinkAnswer answer) {
        String displayName =
                answer.displayName() == null || answer.displayName().isBlank() ? name.value() : answer.displayName();
        User admin = new User(name, new DisplayName(displayName), Role.ADMIN, false, clock.instant(), null);
        if (users.anySignedIn(Role.ADMIN) || !users.insert(admin)) {
            throw ProblemException.of(ErrorCode.USERS_EXIST, "There is an administrator already. Sign in by name.");
        }
        return admin;
    }

    private User enabled(UserName name) {
        return users.find(name)
                .filter(user -> !user.disabled())
                .orElseThrow(() -> ProblemException.of(
                        ErrorCode.FORBIDDEN, "This user is disabled. Ask an administrator to enable it."));
    }

    private void noteSignIn(User user, String address, String how) {
        users.signedIn(user.name(), clock.instant());
        audit.done(user.name().value(), address, "session.sign-in", "user/" + user.name(), how);
    }

    private static UserName newName(LinkAnswer answer) {
        if (answer.name() == null) {
            throw ProblemException.invalidField("name", "is missing; choose the name you will sign in with");
        }
        return new UserName(answer.name());
    }
}
