package io.benchtop.service.wiring;

import io.benchtop.service.identity.jwt.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Further secrets of the installation, derived from its signing key: replicas that share that key share these too, and
 * there is no second file to keep.
 */
final class DerivedKey {

    private DerivedKey() {}

    /** 32 bytes that tell nothing about the signing key nor about the key for another purpose. */
    static byte[] of(SigningKey key, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.privateKey().getEncoded(), "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
