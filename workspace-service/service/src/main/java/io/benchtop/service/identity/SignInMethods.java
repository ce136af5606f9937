package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which ways in there are. Whoever comes through the identity provider has no password here: it would still work after the
 * provider has shut that person out (S05).
 */
public final class SignInMethods {

    private final boolean passwords;
    private final @Nullable String provider;
    private final ExternalIdentityRepository identities;

    /**
     * @param passwords whether name and password let anybody in
     * @param provider how people call the identity provider; null if there is none
     */
    public SignInMethods(boolean passwords, @Nullable String provider, ExternalIdentityRepository identities) {
        this.passwords = passwords;
        this.provider = provider;
        this.identities = requireNonNull(identities, "identities is null");
        if (!passwords && provider == null) {
            throw new IllegalArgumentException(
                    "signing in by password is switched off and there is no identity provider,"
                            + " so nobody could sign in");
        }
    }

    public boolean byPassword() {
        return passwords;
    }

    /** How people call the identity provider. */
    public Optional<String> provider() {
        return Optional.ofNullable(provider);
    }

    /** Whether this user comes through the identity provider. */
    public boolean isExternal(UserName user) {
        return provider != null && identities.isExternal(user);
    }

    /** Whether a password of this user counts. */
    public boolean byPassword(UserName user) {
        return passwords && !isExternal(user);
    }

    /** Refuses where nobody signs in by password. */
    public void requirePasswords() {
        if (!passwords) {
            throw ProblemException.of(
                    ErrorCode.FORBIDDEN,
                    "Signing in by name and password is switched off here. Sign in with " + provider
                            + " in the browser; for the command line, make a token on the page Account.");
        }
    }

    /** Refuses to give this user a password. */
    void requirePasswordFor(UserName user) {
        requirePasswords();
        if (!byPassword(user)) {
            throw ProblemException.of(
                    ErrorCode.CONFLICT,
                    "\"" + user + "\" signs in with " + provider + " and has no password here. Change it there.");
        }
    }
}
