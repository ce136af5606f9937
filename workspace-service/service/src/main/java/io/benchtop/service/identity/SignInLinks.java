package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Makes one-time sign-in links; a newer one for the same purpose ends the older ones. */
public final class SignInLinks {

    public static final Duration LIFE = Duration.ofHours(24);

    /** A new link; its path is told this once. */
    public record Created(String path, Instant expiresAt) {

        public Created {
            requireNonNull(path, "path is null");
            requireNonNull(expiresAt, "expiresAt is null");
        }

        @Override
        public String toString() {
            return "Created[expires " + expiresAt + "]";
        }
    }

    private final LinkRepository links;
    private final UserRepository users;
    private final SignInMethods methods;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final InstantSource clock;

    public SignInLinks(
            LinkRepository links,
            UserRepository users,
            SignInMethods methods,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        this.links = requireNonNull(links, "links is null");
        this.users = requireNonNull(users, "users is null");
        this.methods = requireNonNull(methods, "methods is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** For whoever starts Benchtop: refused once an administrator has signed in, or where passwords count for nothing. */
    public Created createForFirstAdmin() {
        if (!methods.byPassword()) {
            throw ProblemException.of(
                    ErrorCode.CONFLICT,
                    "Administrators come through the identity provider here: add somebody to a group of administrators.");
        }
        if (users.anySignedIn(Role.ADMIN)) {
            throw ProblemException.of(ErrorCode.USERS_EXIST, "There is an administrator already. Sign in by name.");
        }
        return create(new SignInLink(LinkPurpose.FIRST_ADMIN, null, expiry()), AuditTrail.SYSTEM, "");
    }

    /** By an administrator, for somebody who has no password yet or forgot it. */
    public Created createFor(Caller admin, UserName name) {
        admin.require(Role.ADMIN);
        User user = users.find(name).orElseThrow(() -> ProblemException.notFound("user", name.value()));
        if (user.disabled()) {
            throw ProblemException.of(
                    ErrorCode.CONFLICT, "The user \"" + name + "\" is disabled. Enable the user before making a link.");
        }
        methods.requirePasswordFor(name);
        return create(
                new SignInLink(LinkPurpose.SET_PASSWORD, name, expiry()),
                admin.user().value(),
                admin.address());
    }

    /** What a link is for, without using it up. */
    public SignInLink look(String token) {
        methods.requirePasswords();
        return links.find(Secrets.hash(token))
                .filter(link -> clock.instant().isBefore(link.expiresAt()))
                .orElseThrow(SignInLinks::expired);
    }

    /** Uses the link up, inside the caller's transaction. */
    SignInLink use(String token) {
        SignInLink link = look(token);
        if (!links.end(Secrets.hash(token), clock.instant())) {
            throw expired();
        }
        return link;
    }

    private Created create(SignInLink link, String actor, String address) {
        String token = Secrets.random();
        transactions.run(() -> {
            links.endAllLike(link, clock.instant());
            links.insert(Secrets.hash(token), link);
            String object = link.user() == null ? "user" : "user/" + link.user();
            audit.done(
                    actor,
                    address,
                    "sign-in-link.create",
                    object,
                    "for " + link.purpose().code());
        });
        return new Created("/login/link/" + token, link.expiresAt());
    }

    private Instant expiry() {
        return clock.instant().plus(LIFE);
    }

    private static ProblemException expired() {
        return ProblemException.of(
                ErrorCode.LINK_EXPIRED,
                "This sign-in link has been used or has expired. Sign in with your name and password, or ask for a new"
                        + " link: an administrator makes one, and \"benchtop up\" prints one while there is no"
                        + " administrator.");
    }
}
