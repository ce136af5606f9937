package io.benchtop.service.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Links audit rows: the hash of a row covers its content and the hash of the row before, so that a row changed or taken
 * out later breaks every hash after it.
 */
public final class AuditChain {

    public static final String GENESIS = "0".repeat(64);

    private AuditChain() {}

    public static String hash(String previousHash, long id, AuditEvent event) {
        MessageDigest digest = sha256();
        List.of(
                        previousHash,
                        Long.toString(id),
                        event.at().toString(),
                        event.actor(),
                        event.address(),
                        event.action(),
                        event.object(),
                        event.result(),
                        event.detail())
                .forEach(part -> {
                    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                    // The length before the text: no two lists of parts give the same bytes.
                    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                    digest.update(bytes);
                });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
