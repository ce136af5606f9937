package io.benchtop.proxy.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.benchtop.api.routing.JsonWebKeySet;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The service's signing key, and tokens in every state of health. */
public final class Signer {

    public final String kid;
    private final KeyPair pair;

    public Signer(String kid) {
        this.kid = kid;
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public JsonWebKeySet jwks() {
        byte[] encoded = pair.getPublic().getEncoded();
        String x = base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        return new JsonWebKeySet(List.of(new JsonWebKeySet.Key("OKP", "Ed25519", x, kid, "sig", "EdDSA")));
    }

    public String header() {
        return "{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\",\"typ\":\"session+jwt\"}";
    }

    public String token(String header, String claims) {
        String signed = base64(header.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String claims(String user, String role, String sid, long issuedAt, long expiresAt) {
        return "{\"iss\":\"benchtop\",\"aud\":\"benchtop-session\",\"sub\":\"" + user + "\",\"name\":\"" + user
                + " Example\",\"role\":\"" + role + "\",\"sid\":\"" + sid + "\",\"iat\":" + issuedAt + ",\"exp\":"
                + expiresAt + "}";
    }

    public String session(String user, String role, String sid, long issuedAt, long expiresAt) {
        return token(header(), claims(user, role, sid, issuedAt, expiresAt));
    }

    public static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
