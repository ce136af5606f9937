package io.benchtop.api.routing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the proxy shows workspace-service with every request, so that its word on where the request comes from is believed.
 * Made from the internal key rather than being it: whoever reads a request learns nothing that opens {@code /internal/**}.
 */
public final class ProxyProof {

    /** The header that carries it; the proxy removes what the outside sends under this name. */
    public static final String HEADER = "X-Benchtop-Proxy";

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "benchtop proxy".getBytes(StandardCharsets.UTF_8);

    private ProxyProof() {}

    /** The header's value in the installation that has this internal key. */
    public static String of(String internalKey) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(internalKey.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(PURPOSE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }
}
