package io.benchtop.service.connection;

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
 * Seals secrets for the database: who reads it, or a copy of it, reads none without the installation's key. AES-256-GCM, with the
 * connection's name as associated data, so that one put into another connection's row opens nothing; 96 random bits make every
 * seal another text.
 */
public final class SecretSeal {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String PURPOSE = "benchtop connection, version 1: ";

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;

    /** @param key 32 secret bytes that all replicas share */
    public SecretSeal(byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("the key of the seal has 32 bytes");
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    String seal(ConnectionName name, Secret secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] hidden = apply(Cipher.ENCRYPT_MODE, name, nonce, secret.text().getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + hidden.length);
        System.arraycopy(hidden, 0, all, NONCE_BYTES, hidden.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** The secret, if the text is one that this installation sealed for this connection. */
    Optional<Secret> open(ConnectionName name, String sealed) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(sealed);
            if (all.length <= NONCE_BYTES) {
                return Optional.empty();
            }
            return apply(
                            Cipher.DECRYPT_MODE,
                            name,
                            Arrays.copyOf(all, NONCE_BYTES),
                            Arrays.copyOfRange(all, NONCE_BYTES, all.length))
                    .map(bytes -> new Secret(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> apply(int mode, ConnectionName name, byte[] nonce, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD((PURPOSE + name).getBytes(StandardCharsets.UTF_8));
            return Optional.of(cipher.doFinal(bytes));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }
}
