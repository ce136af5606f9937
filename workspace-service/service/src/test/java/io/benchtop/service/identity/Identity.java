package io.benchtop.service.identity;

import io.benchtop.service.MutableClock;
import io.benchtop.service.TestingDatabases;
import io.benchtop.service.audit.AuditHistory;
import io.benchtop.service.audit.AuditQuery;
import io.benchtop.service.audit.AuditRow;
import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.audit.jdbc.JdbiAuditHistory;
import io.benchtop.service.audit.jdbc.JdbiAuditLog;
import io.benchtop.service.audit.jdbc.JdbiTransactions;
import io.benchtop.service.change.Change;
import io.benchtop.service.change.ChangeHistory;
import io.benchtop.service.change.ChangeLog;
import io.benchtop.service.change.jdbc.JdbiChangeHistory;
import io.benchtop.service.change.jdbc.JdbiChangeLog;
import io.benchtop.service.identity.jdbc.JdbiAttemptRepository;
import io.benchtop.service.identity.jdbc.JdbiExternalIdentityRepository;
import io.benchtop.service.identity.jdbc.JdbiLinkRepository;
import io.benchtop.service.identity.jdbc.JdbiSessionRepository;
import io.benchtop.service.identity.jdbc.JdbiTokenRepository;
import io.benchtop.service.identity.jdbc.JdbiUserRepository;
import io.benchtop.service.identity.jwt.JjwtSignedTokens;
import io.benchtop.service.identity.jwt.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** The use cases of identity put together for tests: H2 in memory, time at will, hashing without the wait. */
final class Identity {

    static final String ADDRESS = "192.0.2.7";

    final MutableClock clock = new MutableClock(Instant.parse("2026-11-21T06:00:00Z"));
    final List<String> hashed = new ArrayList<>();
    /** What happens elsewhere while a password is compared. */
    Runnable meanwhile = () -> {};

    final UserRepository userRows;
    final SessionRepository sessionRows;
    final SignedTokens signed;
    final Sessions sessions;
    final Tokens tokens;
    final Passwords passwords;
    final SignInLinks links;
    final SignIn signIn;
    final Users users;
    final Authentication authentication;
    final FakeIdentityProvider provider = new FakeIdentityProvider();
    final ExternalIdentityRepository identityRows;
    final ExternalSignIn external;
    final AuditHistory history;
    private final ChangeHistory changes;

    Identity() {
        this(true, new AdmissionRules(Map.of(), Role.DEVELOPER, Set.of()));
    }

    /** Beside the identity provider, with passwords or without them. */
    Identity(boolean byPassword, AdmissionRules rules) {
        Jdbi jdbi = TestingDatabases.h2();
        Transactions transactions = new JdbiTransactions(jdbi);
        AuditTrail audit = new AuditTrail(new JdbiAuditLog(jdbi), clock);
        TokenRepository tokenRows = new JdbiTokenRepository(jdbi);
        LinkRepository linkRows = new JdbiLinkRepository(jdbi);
        SignInLimits limits = new SignInLimits(clock);
        ChangeLog log = new JdbiChangeLog(jdbi, clock, () -> {});
        changes = new JdbiChangeHistory(jdbi);
        history = new JdbiAuditHistory(jdbi);
        userRows = new JdbiUserRepository(jdbi);
        sessionRows = new JdbiSessionRepository(jdbi);
        signed = new JjwtSignedTokens(key(), clock);
        sessions = new Sessions(sessionRows, userRows, signed, log, transactions, audit, clock);
        tokens = new Tokens(tokenRows, log, transactions, audit, clock);
        identityRows = new JdbiExternalIdentityRepository(jdbi);
        SignInMethods methods = new SignInMethods(byPassword, FakeIdentityProvider.NAME, identityRows);
        passwords = new Passwords(
                userRows,
                new CountingHashing(hashed, () -> meanwhile.run()),
                methods,
                limits,
                sessions,
                tokens,
                transactions,
                audit);
        links = new SignInLinks(linkRows, userRows, methods, transactions, audit, clock);
        signIn = new SignIn(userRows, passwords, limits, links, sessions, tokens, transactions, audit, clock);
        users = new Users(userRows, sessions, tokens, transactions, audit, clock);
        ExternalAccounts accounts =
                new ExternalAccounts(userRows, identityRows, sessions, tokens, transactions, audit, clock);
        external = new ExternalSignIn(
                provider,
                methods,
                new AttemptSeal(new byte[32]),
                new JdbiAttemptRepository(jdbi),
                limits,
                rules,
                accounts,
                audit,
                clock);
        WorkspaceGenerations generations = (id, generation) -> generation == 3
                ? Optional.of(new WorkspaceGenerations.Label(id, "exp", "Experiments"))
                : Optional.empty();
        authentication = new Authentication(userRows, sessionRows, tokens, signed, generations, clock);
    }

    /** A user with the password {@code password of NAME}. */
    User user(String name, Role role) {
        UserName userName = new UserName(name);
        userRows.insert(new User(userName, new DisplayName("Test " + name), role, false, clock.instant(), null));
        userRows.setPasswordHash(userName, "hash of password of " + name);
        return userRows.find(userName).orElseThrow();
    }

    IssuedSession signIn(String name) {
        return signIn.byPassword(name, "password of " + name, ADDRESS);
    }

    Caller caller(IssuedSession session) {
        return authentication.bySession(session.token(), false, ADDRESS).caller();
    }

    /** A caller of this role, signed in. */
    Caller caller(String name, Role role) {
        user(name, role);
        return caller(signIn(name));
    }

    /** Action, object, result of the newest event. */
    String lastEvent() {
        return words(history.newestFirst(new AuditQuery(null, 1, null, null)).getFirst());
    }

    /** The same of all events of this action, oldest first. */
    List<String> events(String action) {
        return history.after(0, 1000).stream()
                .filter(row -> row.event().action().equals(action))
                .map(Identity::words)
                .toList();
    }

    private static String words(AuditRow row) {
        return row.event().actor() + " " + row.event().action() + " "
                + row.event().object() + " " + row.event().result();
    }

    /** What was revoked so far, in order. */
    List<String> revoked() {
        return changes.last(100).stream()
                .filter(change -> change.kind() != Change.Kind.LOG_BEGUN)
                .map(change ->
                        (change.kind() == Change.Kind.SESSION_REVOKED ? "session " : "token ") + change.subject())
                .toList();
    }

    private static SigningKey key() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new SigningKey(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private record CountingHashing(List<String> hashed, Runnable meanwhile) implements PasswordHashing {

        @Override
        public String hash(String password) {
            return "hash of " + password;
        }

        @Override
        public boolean matches(String password, String hash) {
            hashed.add(password);
            meanwhile.run();
            return hash.equals(hash(password));
        }
    }
}
