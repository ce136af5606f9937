package io.benchtop.service.connection;

import io.benchtop.service.identity.TextSeal;
import java.util.Optional;

/**
 * Seals secrets for the database: who reads it, or a copy of it, reads none without the installation's key. The connection's name
 * belongs to the purpose, so that one put into another connection's row opens nothing.
 */
public final class SecretSeal {

    private static final String PURPOSE = "benchtop connection, version 1: ";

    private final TextSeal seal;

    /** @param key 32 secret bytes that all replicas share */
    public SecretSeal(byte[] key) {
        this.seal = new TextSeal(key);
    }

    String seal(ConnectionName name, Secret secret) {
        return seal.seal(secret.text(), PURPOSE + name);
    }

    /** The secret, if the text is one that this installation sealed for this connection. */
    Optional<Secret> open(ConnectionName name, String sealed) {
        return seal.open(sealed, PURPOSE + name).map(Secret::new);
    }
}
