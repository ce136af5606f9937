package io.benchtop.api.routing;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** The public signing keys, RFC 7517 with the Ed25519 key type of RFC 8037; the body of {@code /.well-known/jwks.json}. */
public record JsonWebKeySet(List<Key> keys) {

    public JsonWebKeySet {
        keys = List.copyOf(keys);
    }

    /**
     * One public key.
     *
     * @param kty always {@code OKP}
     * @param crv always {@code Ed25519}
     * @param x base64url of the 32 public bytes
     * @param kid names the key in a token's header
     * @param use always {@code sig}
     * @param alg always {@code EdDSA}
     */
    public record Key(String kty, String crv, String x, String kid, String use, String alg) {

        public Key {
            requireNonNull(kid, "kid is null");
            requireNonNull(x, "x is null");
            if (!"OKP".equals(kty) || !"Ed25519".equals(crv)) {
                throw new IllegalArgumentException("only Ed25519 keys are used, not " + kty + "/" + crv);
            }
        }
    }
}
