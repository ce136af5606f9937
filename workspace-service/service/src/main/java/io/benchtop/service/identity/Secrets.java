package io.benchtop.service.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Random names that cannot be guessed, and the hash under which they are kept. */
final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LOWER_BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    private Secrets() {}

    /** 256 random bits in 43 URL-safe characters. */
    static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A name of 12 characters that is easy to read aloud; 60 random bits. */
    static String randomId() {
        StringBuilder id = new StringBuilder(12);
        for (int i = 0; i < 12; i++) {
            id.append(LOWER_BASE32.charAt(RANDOM.nextInt(LOWER_BASE32.length())));
        }
        return id.toString();
    }

    /** A plain hash is enough for what has 256 random bits: there is nothing to guess. */
    static String hash(String secret) {
        return HexFormat.of().formatHex(sha256().digest(secret.getBytes(StandardCharsets.UTF_8)));
    }

    static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
