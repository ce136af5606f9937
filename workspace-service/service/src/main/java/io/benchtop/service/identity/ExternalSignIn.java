package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way in through an identity provider, in two steps with the provider's own pages between them. The first seals an
 * {@link SignInAttempt} into the browser; the second takes the attempt and what the provider's answer says, uses the
 * attempt up before anything else, and only then asks the provider. Who that is decides {@link ExternalIdentity} alone,
 * and what the person may do {@link AdmissionRules}; {@link ExternalAccounts} carries it out.
 */
public final class ExternalSignIn {

    private static final Duration PROVIDER_RETRY = Duration.ofSeconds(30);

    /**
     * @param location where the browser goes now
     * @param sealed what it keeps until it comes back; a secret
     */
    public record Begun(URI location, String sealed) {

        public Begun {
            requireNonNull(location, "location is null");
            requireNonNull(sealed, "sealed is null");
        }

        @Override
        public String toString() {
            return "Begun[]";
        }
    }

    /** @param next the path that the person wanted when it began */
    public record Completed(IssuedSession session, String next) {

        public Completed {
            requireNonNull(session, "session is null");
            requireNonNull(next, "next is null");
        }
    }

    private final IdentityProvider provider;
    private final SignInMethods methods;
    private final AttemptSeal seal;
    private final AttemptRepository attempts;
    private final SignInLimits limits;
    private final AdmissionRules rules;
    private final ExternalAccounts accounts;
    private final AuditTrail audit;
    private final InstantSource clock;

    public ExternalSignIn(
            IdentityProvider provider,
            SignInMethods methods,
            AttemptSeal seal,
            AttemptRepository attempts,
            SignInLimits limits,
            AdmissionRules rules,
            ExternalAccounts accounts,
            AuditTrail audit,
            InstantSource clock) {
        this.provider = requireNonNull(provider, "provider is null");
        this.methods = requireNonNull(methods, "methods is null");
        this.seal = requireNonNull(seal, "seal is null");
        this.attempts = requireNonNull(attempts, "attempts is null");
        this.limits = requireNonNull(limits, "limits is null");
        this.rules = requireNonNull(rules, "rules is null");
        this.accounts = requireNonNull(accounts, "accounts is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** @param next a path on this host */
    public Begun begin(String next) {
        SignInAttempt attempt = SignInAttempt.begin(next, clock.instant());
        URI location = provider.begin(attempt).orElseThrow(this::away);
        return new Begun(location, seal.seal(attempt));
    }

    /** @param sealed what the browser kept; null if it has nothing to show */
    public Completed complete(ProviderCallback callback, @Nullable String sealed, String address) {
        limits.begin(address);
        SignInAttempt attempt = attemptOf(callback, sealed).orElseThrow(() -> notYours(address));
        useUp(attempt, address);
        ExternalClaims claims = switch (provider.complete(callback, attempt)) {
            case ProviderAnswer.Proven(ExternalClaims proven) -> proven;
            case ProviderAnswer.Refused(String why) ->
                throw refused(
                        address,
                        ErrorCode.FORBIDDEN,
                        why,
                        name() + " did not sign you in, or its answer could not be accepted. Start again; if it"
                                + " happens again, tell your administrator, who finds the reason in the audit log.");
            case ProviderAnswer.Unreachable(String why) -> {
                limits.forgive(address);
                note(address, ErrorCode.UNAVAILABLE, why);
                throw away();
            }
        };
        IssuedSession session = switch (rules.decide(claims)) {
            case Admission.Admitted admitted -> enter(claims, admitted, address);
            case Admission.TurnedAway(String sentence, String why) ->
                throw refused(address, ErrorCode.FORBIDDEN, why, sentence);
        };
        limits.forgive(address);
        return new Completed(session, attempt.next());
    }

    /** Of two values nobody knows which one counts: one may have been planted, so neither does, and it is written down. */
    public ProblemException ambiguous(String address, String why, String sentence) {
        limits.begin(address);
        return refused(address, ErrorCode.BAD_REQUEST, why, sentence);
    }

    /** Where to sign out at the provider as well, for somebody who came through it. */
    public Optional<URI> signOut() {
        return provider.signOut();
    }

    private Optional<SignInAttempt> attemptOf(ProviderCallback callback, @Nullable String sealed) {
        String state = callback.state();
        return sealed == null || state == null
                ? Optional.empty()
                : seal.open(sealed)
                        .filter(attempt -> Secrets.equal(attempt.state(), state))
                        .filter(attempt -> clock.instant().isBefore(attempt.endsAt()));
    }

    private void useUp(SignInAttempt attempt, String address) {
        // Kept for longer than it lives: another replica's clock may be behind.
        Instant forget = clock.instant().minus(SignInAttempt.LIFE);
        if (!attempts.use(Secrets.hash(attempt.state()), attempt.endsAt(), forget)) {
            throw refused(
                    address,
                    ErrorCode.BAD_REQUEST,
                    "used before",
                    "This sign-in has been completed already; its address works once. Start again.");
        }
    }

    private IssuedSession enter(ExternalClaims claims, Admission.Admitted admitted, String address) {
        return accounts.enter(claims, admitted, address, "with " + name())
                .orElseThrow(() -> refused(
                        address,
                        ErrorCode.FORBIDDEN,
                        "disabled user",
                        "Your user is disabled here. Ask an administrator to enable it."));
    }

    private ProblemException notYours(String address) {
        return refused(
                address,
                ErrorCode.BAD_REQUEST,
                "not begun in this browser, or too long ago",
                "This sign-in was not begun in this browser, or more than " + SignInAttempt.LIFE.toMinutes()
                        + " minutes ago. Start again.");
    }

    private ProblemException refused(String address, ErrorCode code, String why, String sentence) {
        note(address, code, why);
        return ProblemException.of(code, sentence);
    }

    private void note(String address, ErrorCode code, String why) {
        audit.refused(AuditTrail.ANONYMOUS, address, "session.sign-in", "user", code, "with " + name() + ": " + why);
    }

    private ProblemException away() {
        return ProblemException.retryLater(
                ErrorCode.UNAVAILABLE,
                name() + " cannot be reached just now. Try again in a minute"
                        + (methods.byPassword() ? ", or sign in by name and password if you have one." : "."),
                PROVIDER_RETRY);
    }

    private String name() {
        return methods.provider().orElse("the identity provider");
    }
}
