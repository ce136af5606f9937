package io.benchtop.service.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals an attempt for the browser that keeps it: nobody can read, change or make one without the installation's key.
 * AES-256-GCM over the five fields, one per line; 96 random bits before it make every seal another text.
 */
public final class AttemptSeal {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int MAX_LENGTH = 4096;
    private static final byte[] PURPOSE = "benchtop sign-in attempt, version 1".getBytes(StandardCharsets.UTF_8);

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;

    /** @param key 32 secret bytes that all replicas share */
    public AttemptSeal(byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("the key of the seal has 32 bytes");
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    String seal(SignInAttempt attempt) {
        String lines = String.join(
                "\n",
                attempt.state(),
                attempt.nonce(),
                attempt.verifier(),
                Long.toString(attempt.endsAt().getEpochSecond()),
                attempt.next());
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] hidden = apply(Cipher.ENCRYPT_MODE, nonce, lines.getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + hidden.length);
        System.arraycopy(hidden, 0, all, NONCE_BYTES, hidden.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** The attempt, if the text is one of ours; whether it is still in time is not asked. */
    Optional<SignInAttempt> open(String sealed) {
        if (sealed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            byte[] all = Base64.getUrlDecoder().decode(sealed);
            if (all.length <= NONCE_BYTES) {
                return Optional.empty();
            }
            return apply(
                            Cipher.DECRYPT_MODE,
                            Arrays.copyOf(all, NONCE_BYTES),
                            Arrays.copyOfRange(all, NONCE_BYTES, all.length))
                    .map(bytes -> attempt(new String(bytes, StandardCharsets.UTF_8)));
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

    private Optional<byte[]> apply(int mode, byte[] nonce, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(PURPOSE);
            return Optional.of(cipher.doFinal(bytes));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
