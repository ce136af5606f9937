package io.benchtop.service.identity;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Seals an attempt for the browser that keeps it, as its five fields, one per line. */
public final class AttemptSeal {

    private static final int MAX_LENGTH = 4096;
    private static final String PURPOSE = "benchtop sign-in attempt, version 1";

    private final TextSeal seal;

    /** @param key 32 secret bytes that all replicas share */
    public AttemptSeal(byte[] key) {
        this.seal = new TextSeal(key);
    }

    String seal(SignInAttempt attempt) {
        String lines = String.join(
                "\n",
                attempt.state(),
                attempt.nonce(),
                attempt.verifier(),
                Long.toString(attempt.endsAt().getEpochSecond()),
                attempt.next());
        return seal.seal(lines, PURPOSE);
    }

    /** The attempt, if the text is one of ours; whether it is still in time is not asked. */
    Optional<SignInAttempt> open(String sealed) {
        if (sealed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return seal.open(sealed, PURPOSE).map(AttemptSeal::attempt);
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static SignInAttempt attempt(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 5) {
            throw new IllegalArgumentException("an attempt has five lines");
        }
        return new SignInAttempt(
                lines[0], lines[1], lines[2], lines[4], Instant.ofEpochSecond(Long.parseLong(lines[3])));
    }
}
