package io.benchtop.proxy.auth;

import io.benchtop.api.routing.JsonWebKeySet;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Ed25519 keys that sign sessions, by key id. Immutable. */
final class SigningKeys {

    private static final int KEY_BYTES = 32;

    private final Map<String, PublicKey> byId;

    private SigningKeys(Map<String, PublicKey> byId) {
        this.byId = Map.copyOf(byId);
    }

    public static SigningKeys none() {
        return new SigningKeys(Map.of());
    }

    /** Reads the public keys of a key set. */
    public static SigningKeys of(JsonWebKeySet set) {
        Map<String, PublicKey> keys = new HashMap<>();
        for (JsonWebKeySet.Key key : set.keys()) {
            keys.put(key.kid(), publicKey(Base64.getUrlDecoder().decode(key.x())));
        }
        return new SigningKeys(keys);
    }

    /** RFC 8032 §5.1.2: 32 little-endian bytes of y, whose highest bit is the sign of x. */
    private static PublicKey publicKey(byte[] encoded) {
        if (encoded.length != KEY_BYTES) {
            throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + encoded.length);
        }
        byte[] y = new byte[KEY_BYTES];
        for (int i = 0; i < KEY_BYTES; i++) {
            y[i] = encoded[KEY_BYTES - 1 - i];
        }
        boolean xIsOdd = (y[0] & 0x80) != 0;
        y[0] &= 0x7f;
        try {
            var point = new EdECPoint(xIsOdd, new BigInteger(1, y));
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 public key", e);
        }
    }

    @Nullable
    PublicKey find(String keyId) {
        return byId.get(keyId);
    }
}
