package io.benchtop.service.identity;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** A provider that answers what it is told to, and remembers what it was asked. */
final class FakeIdentityProvider implements IdentityProvider {

    static final String NAME = "Example";
    static final String ISSUER = "https://id.example.org";

    boolean away;
    int asked;
    ProviderAnswer answer = new ProviderAnswer.Refused("nobody signed in");

    @Override
    public Optional<URI> begin(SignInAttempt attempt) {
        return away ? Optional.empty() : Optional.of(URI.create(ISSUER + "/authorize?state=" + attempt.state()));
    }

    @Override
    public ProviderAnswer complete(ProviderCallback callback, SignInAttempt attempt) {
        asked++;
        return away ? new ProviderAnswer.Unreachable("no answer") : answer;
    }

    @Override
    public Optional<URI> signOut() {
        return Optional.empty();
    }

    /** From now on it is this person who signs in. */
    void vouchFor(ExternalClaims claims) {
        answer = new ProviderAnswer.Proven(claims);
    }

    static ExternalClaims claims(String subject, String preferredName, String... groups) {
        return new ExternalClaims(
                new ExternalIdentity(ISSUER, subject),
                preferredName,
                null,
                preferredName + "@example.org",
                true,
                Set.of(groups));
    }
}
