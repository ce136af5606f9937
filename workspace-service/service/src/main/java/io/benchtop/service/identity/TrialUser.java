package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The user as whom an installation tries itself ({@code helm test}). It is made when it is first needed and has no password,
 * so nobody signs in as it; a token that soon ends is given to whoever holds the installation's internal key, and with that
 * key more can be done than a developer may. An administrator who wants none of it disables the user.
 */
public final class TrialUser {

    public static final UserName NAME = new UserName("helm-test");

    static final Duration LIFE = Duration.ofMinutes(30);

    private final UserRepository users;
    private final Tokens tokens;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final InstantSource clock;

    public TrialUser(
            UserRepository users, Tokens tokens, Transactions transactions, AuditTrail audit, InstantSource clock) {
        this.users = requireNonNull(users, "users is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** A token of half an hour. */
    public Tokens.Created token() {
        return transactions.call(() -> {
            User fresh =
                    new User(NAME, new DisplayName("Installation test"), Role.DEVELOPER, false, clock.instant(), null);
            if (users.insert(fresh)) {
                audit.done(AuditTrail.SYSTEM, "", "user.create", "user/" + NAME, "role developer, to test itself");
            }
            User user = users.find(NAME).orElse(fresh);
            if (user.disabled()) {
                throw ProblemException.of(
                        ErrorCode.CONFLICT,
                        "The user \"" + NAME + "\" is disabled. Enable it, or give the test a token of another user.");
            }
            return tokens.create(NAME, "", "installation test", LIFE);
        });
    }
}
