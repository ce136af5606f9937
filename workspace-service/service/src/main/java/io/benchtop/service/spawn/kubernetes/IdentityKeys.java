package io.benchtop.service.spawn.kubernetes;

import io.benchtop.service.identity.KeyedHash;
import io.benchtop.service.spawn.WorkspaceId;

/**
 * The key of each server's identity header, computed from the installation's own secret: every replica knows it, and none
 * needs the right to read Secrets.
 */
public final class IdentityKeys {

    private final KeyedHash secrets;

    public IdentityKeys(byte[] secret) {
        this.secrets = new KeyedHash(secret);
    }

    /** A secret. */
    String of(WorkspaceId id, long generation) {
        return secrets.text("benchtop identity key:" + id + ":" + generation);
    }
}
