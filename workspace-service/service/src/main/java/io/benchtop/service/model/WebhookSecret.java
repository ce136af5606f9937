package io.benchtop.service.model;

import io.benchtop.service.identity.TextSeal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * By what a receiver knows that a delivery comes from here and was not changed. Signs as the Standard Webhooks specification has it
 * (HMAC-SHA256 of id, time and body), so that receivers verify with a library.
 *
 * @param text {@code whsec_} and the key in base64; shown once
 */
public record WebhookSecret(String text) {

    private static final String PREFIX = "whsec_";
    private static final int KEY_BYTES = 32;
    private static final String PURPOSE = "benchtop webhook, version 1: ";

    public WebhookSecret {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a webhook's secret begins with " + PREFIX);
        }
    }

    static WebhookSecret random() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /** The id belongs to the purpose, so that a secret put into another webhook's row opens nothing. */
    String sealed(TextSeal seal, WebhookId id) {
        return seal.seal(text, PURPOSE + id);
    }

    static Optional<WebhookSecret> opened(TextSeal seal, WebhookId id, String sealed) {
        return seal.open(sealed, PURPOSE + id).map(WebhookSecret::new);
    }

    /** What {@code webhook-signature} says. */
    String signature(String id, Instant at, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(text.substring(PREFIX.length())), "HmacSHA256"));
            byte[] signed = mac.doFinal((id + "." + at.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "WebhookSecret";
    }
}
