package io.benchtop.service.endpoint;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secrets of endpoints, made from one of the installation's: every replica knows them, and nobody has to keep them. */
public final class ServingKeys {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;

    public ServingKeys(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /** What the proxy shows the model-servers of an arm, so that they answer nobody else. */
    public String serving(ArmId arm) {
        return derive("serving " + arm);
    }

    /** Signs the cookies that keep a browser with its version; base64url of 32 bytes. */
    String cookie(EndpointId endpoint) {
        return derive("cookie " + endpoint);
    }

    private String derive(String purpose) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
