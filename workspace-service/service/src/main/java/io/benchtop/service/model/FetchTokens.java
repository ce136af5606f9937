package io.benchtop.service.model;

import io.benchtop.service.identity.KeyedHash;

/** What a process shows to be given the files of one version, and nothing else; good for as long as the installation's key is. */
public final class FetchTokens {

    private final KeyedHash secrets;

    public FetchTokens(byte[] secret) {
        this.secrets = new KeyedHash(secret);
    }

    /** A secret. */
    public String of(ModelPlace place) {
        return secrets.text(purpose(place));
    }

    boolean matches(ModelPlace place, String token) {
        return secrets.matches(purpose(place), token);
    }

    private static String purpose(ModelPlace place) {
        return "files " + place.path();
    }
}
