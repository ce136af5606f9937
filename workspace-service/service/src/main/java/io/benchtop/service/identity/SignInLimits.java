package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Stops guessing of passwords (S48): so many failures per name, whoever tries, and so many per address, whatever name is
 * tried. An attempt counts when it begins and is taken back when it succeeds, so that many at once gain nothing. A name
 * that does not exist is counted like one that does: the limit tells nobody which names there are.
 */
public final class SignInLimits {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int PER_NAME = 10;
    private static final int PER_ADDRESS = 30;
    private static final int MAX_KEYS = 20_000;

    private final SlidingWindow names;
    private final SlidingWindow addresses;

    public SignInLimits(InstantSource clock) {
        requireNonNull(clock, "clock is null");
        this.names = new SlidingWindow(PER_NAME, WINDOW, MAX_KEYS, clock);
        this.addresses = new SlidingWindow(PER_ADDRESS, WINDOW, MAX_KEYS, clock);
    }

    void begin(String name, String address) {
        addresses.tryAdd(address).ifPresent(SignInLimits::refuse);
        names.tryAdd(name).ifPresent(wait -> {
            addresses.takeBack(address);
            refuse(wait);
        });
    }

    /** An attempt without a name: somebody comes back from an identity provider. */
    void begin(String address) {
        addresses.tryAdd(address).ifPresent(SignInLimits::refuse);
    }

    /** It was no guess. */
    void forgive(String address) {
        addresses.takeBack(address);
    }

    void succeeded(String name, String address) {
        names.takeBack(name);
        addresses.takeBack(address);
    }

    private static void refuse(Duration wait) {
        Duration rounded = Duration.ofSeconds(Math.max(1, wait.toSeconds() + 1));
        throw ProblemException.retryLater(
                ErrorCode.TOO_MANY_ATTEMPTS,
                "Too many failed attempts to sign in. Wait " + rounded.toSeconds() + " seconds and try again.",
                rounded);
    }
}
