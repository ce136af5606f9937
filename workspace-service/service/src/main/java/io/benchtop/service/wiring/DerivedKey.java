package io.benchtop.service.wiring;

import io.benchtop.service.identity.KeyedHash;
import io.benchtop.service.identity.jwt.SigningKey;

/**
 * Further secrets of the installation, derived from its signing key: replicas that share that key share these too, and
 * there is no second file to keep.
 */
final class DerivedKey {

    private DerivedKey() {}

    /** 32 bytes that tell nothing about the signing key nor about the key for another purpose. */
    static byte[] of(SigningKey key, String purpose) {
        return new KeyedHash(key.privateKey().getEncoded()).bytes(purpose);
    }
}
