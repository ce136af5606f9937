package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * What this browser must show again when it comes back from the identity provider (S28). It stays in the browser, sealed
 * by {@link AttemptSeal}, so that any replica can go on with it.
 *
 * @param state goes to the provider and comes back in the address: proves that the same browser began
 * @param nonce comes back inside the ID token: proves that the token was made for this attempt
 * @param verifier told only to the provider's token endpoint, which compares it with the challenge it got first (PKCE): a
 *     code that was caught on the way, or is somebody else's, is worth nothing
 * @param next the path on this host where the person wanted to go
 * @param endsAt when it is too late to come back
 */
public record SignInAttempt(String state, String nonce, String verifier, String next, Instant endsAt) {

    public static final Duration LIFE = Duration.ofMinutes(10);

    public SignInAttempt {
        requireNonNull(state, "state is null");
        requireNonNull(nonce, "nonce is null");
        requireNonNull(verifier, "verifier is null");
        requireNonNull(next, "next is null");
        requireNonNull(endsAt, "endsAt is null");
    }

    static SignInAttempt begin(String next, Instant now) {
        return new SignInAttempt(Secrets.random(), Secrets.random(), Secrets.random(), next, now.plus(LIFE));
    }

    /** Its values stay out of logs. */
    @Override
    public String toString() {
        return "SignInAttempt[ends " + endsAt + "]";
    }
}
