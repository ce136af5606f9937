package io.benchtop.service.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets for single purposes, computed from one that is kept (HMAC-SHA256): every replica knows them, nobody has to keep them, and
 * none tells anything about another.
 */
public final class KeyedHash {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;

    public KeyedHash(byte[] secret) {
        if (secret.length < 32) {
            throw new IllegalArgumentException("a secret of " + secret.length + " bytes is too short");
        }
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /** 32 bytes. */
    public byte[] bytes(String purpose) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** The same in base64url. */
    public String text(String purpose) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(purpose));
    }

    /** Whether the text is that of the purpose; takes as long for every wrong one. */
    public boolean matches(String purpose, String text) {
        return MessageDigest.isEqual(
                text(purpose).getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
    }
}
