package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What administrators do with users. Disabling a user or changing the role ends every session and token of that user, so
 * that nothing signed earlier says more than is true now. The last enabled administrator cannot be taken away.
 */
public final class Users {

    /** What to change; null stays as it is. */
    public record Change(
            @Nullable DisplayName displayName,
            @Nullable Role role,
            @Nullable Boolean disabled) {}

    private final UserRepository users;
    private final Sessions sessions;
    private final Tokens tokens;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final InstantSource clock;

    public Users(
            UserRepository users,
            Sessions sessions,
            Tokens tokens,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        this.users = requireNonNull(users, "users is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    public List<User> list(Caller admin) {
        admin.require(Role.ADMIN);
        return users.list();
    }

    public User get(Caller admin, UserName name) {
        admin.require(Role.ADMIN);
        return find(name);
    }

    /** A new user without password; give the person a link of {@link SignInLinks#createFor}. */
    public User create(Caller admin, UserName name, DisplayName displayName, Role role) {
        admin.require(Role.ADMIN);
        User user = new User(name, displayName, role, false, clock.instant(), null);
        return transactions.call(() -> {
            if (!users.insert(user)) {
                throw ProblemException.of(
                        ErrorCode.ALREADY_EXISTS, "There is a user \"" + name + "\" already. Choose another name.");
            }
            audit(admin, "user.create", name, "role " + role.code());
            return user;
        });
    }

    public User disable(Caller admin, UserName name) {
        return change(admin, name, new Change(null, null, true));
    }

    public User enable(Caller admin, UserName name) {
        return change(admin, name, new Change(null, null, false));
    }

    public User changeRole(Caller admin, UserName name, Role role) {
        return change(admin, name, new Change(null, role, null));
    }

    public User change(Caller admin, UserName name, Change change) {
        admin.require(Role.ADMIN);
        return transactions.call(() -> apply(admin, name, change));
    }

    private User apply(Caller admin, UserName name, Change change) {
        long admins = users.lockAndCountEnabled(Role.ADMIN);
        User before = find(name);
        User after = changed(before, change);
        boolean losesAdmin = isWorkingAdmin(before) && !isWorkingAdmin(after);
        if (losesAdmin && admins == 1) {
            throw ProblemException.of(
                    ErrorCode.CONFLICT,
                    "\"" + name + "\" is the only administrator. Make somebody else an administrator first.");
        }
        users.update(after);
        List<Runnable> revocations = new ArrayList<>();
        if (before.role() != after.role() || (!before.disabled() && after.disabled())) {
            revocations.add(sessions.endAll(name));
            revocations.add(tokens.revokeAll(name));
        }
        auditDifference(admin, before, after);
        revocations.forEach(Runnable::run);
        return after;
    }

    private static User changed(User user, Change change) {
        User result = user;
        if (change.displayName() != null) {
            result = result.withDisplayName(change.displayName());
        }
        if (change.role() != null) {
            result = result.withRole(change.role());
        }
        return change.disabled() == null ? result : result.withDisabled(change.disabled());
    }

    private static boolean isWorkingAdmin(User user) {
        return user.role() == Role.ADMIN && !user.disabled();
    }

    private void auditDifference(Caller admin, User before, User after) {
        if (before.role() != after.role()) {
            String detail = before.role().code() + " to " + after.role().code();
            audit(admin, "user.change-role", after.name(), detail);
        }
        if (before.disabled() != after.disabled()) {
            audit(admin, after.disabled() ? "user.disable" : "user.enable", after.name(), "");
        }
        if (!before.displayName().equals(after.displayName())) {
            audit(admin, "user.rename", after.name(), "display name changed");
        }
    }

    private void audit(Caller admin, String action, UserName name, String detail) {
        audit.done(admin.user().value(), admin.address(), action, "user/" + name, detail);
    }

    private User find(UserName name) {
        return users.find(name).orElseThrow(() -> ProblemException.notFound("user", name.value()));
    }
}
