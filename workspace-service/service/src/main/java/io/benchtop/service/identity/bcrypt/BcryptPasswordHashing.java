package io.benchtop.service.identity.bcrypt;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.BCrypt.Version;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import io.benchtop.service.identity.PasswordHashing;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Passwords by bcrypt. Longer ones than bcrypt's 72 bytes are hashed by SHA-512 first instead of being cut.
 *
 * <p>Hashing burns a processor on purpose, so only half of them may hash at a time; who waits too long is told to come
 * back. A flood of sign-ins therefore never takes the processors that everybody else needs (S48).
 */
public final class BcryptPasswordHashing implements PasswordHashing {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Version VERSION = Version.VERSION_2A;

    private final int cost;
    private final Semaphore places =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    /** @param cost the binary logarithm of the rounds; 12 is about a quarter of a second */
    public BcryptPasswordHashing(int cost) {
        if (cost < 4 || cost > 16) {
            throw new IllegalArgumentException("the cost of password hashing is 4 to 16, not " + cost);
        }
        this.cost = cost;
    }

    @Override
    public String hash(String password) {
        takePlace();
        try {
            return BCrypt.with(VERSION, LongPasswordStrategies.hashSha512(VERSION))
                    .hashToString(cost, password.toCharArray());
        } finally {
            places.release();
        }
    }

    @Override
    public boolean matches(String password, String hash) {
        takePlace();
        try {
            return BCrypt.verifyer(VERSION, LongPasswordStrategies.hashSha512(VERSION))
                    .verify(password.toCharArray(), hash.toCharArray())
                    .verified;
        } finally {
            places.release();
        }
    }

    private void takePlace() {
        try {
            if (places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw ProblemException.retryLater(
                ErrorCode.UNAVAILABLE, "Too many people sign in at this moment. Try again in a few seconds.", PATIENCE);
    }
}
