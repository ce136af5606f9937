package io.benchtop.service.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals texts: nobody can read, change or make one without the key, nor use one for another purpose. AES-256-GCM with the purpose
 * as associated data; 96 random bits before it make every seal another text. For any number of threads.
 */
public final class TextSeal {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;

    /** @param key 32 secret bytes that all replicas share */
    public TextSeal(byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("the key of the seal has 32 bytes");
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** The sealed text, in the letters of an address. */
    public String seal(String text, String purpose) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] hidden = apply(Cipher.ENCRYPT_MODE, purpose, nonce, text.getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + hidden.length);
        System.arraycopy(hidden, 0, all, NONCE_BYTES, hidden.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** The text, if it was sealed with this key for this purpose. */
    public Optional<String> open(String sealed, String purpose) {
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(sealed);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        if (all.length <= NONCE_BYTES) {
            return Optional.empty();
        }
        return apply(
                        Cipher.DECRYPT_MODE,
                        purpose,
                        Arrays.copyOf(all, NONCE_BYTES),
                        Arrays.copyOfRange(all, NONCE_BYTES, all.length))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private Optional<byte[]> apply(int mode, String purpose, byte[] nonce, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return Optional.of(cipher.doFinal(bytes));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }
}
