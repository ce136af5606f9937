package io.benchtop.service.spawn.kubernetes;

import io.benchtop.service.spawn.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of each server's identity header, computed from the installation's own secret: every replica knows it, and none
 * needs the right to read Secrets.
 */
public final class IdentityKeys {

    private final SecretKeySpec secret;

    public IdentityKeys(byte[] secret) {
        if (secret.length < 32) {
            throw new IllegalArgumentException("a secret of " + secret.length + " bytes is too short");
        }
        this.secret = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** A secret. */
    String of(WorkspaceId id, long generation) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            byte[] key =
                    mac.doFinal(("benchtop identity key:" + id + ":" + generation).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HmacSHA256", e);
        }
    }
}
