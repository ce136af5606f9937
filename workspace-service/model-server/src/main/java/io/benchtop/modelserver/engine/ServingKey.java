package io.benchtop.modelserver.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The secret that requests must know, if there is one. */
public final class ServingKey {

    /** Header, and in small letters metadata, that carries it. */
    public static final String HEADER = "X-Benchtop-Serving-Key";

    private final Optional<byte[]> secret;

    public ServingKey(@Nullable String secret) {
        if (secret != null && secret.isBlank()) {
            throw new IllegalArgumentException("the key file is empty: put a secret into it");
        }
        this.secret = Optional.ofNullable(secret).map(text -> text.strip().getBytes(StandardCharsets.UTF_8));
    }

    /** In a time that tells nothing of the secret. */
    public boolean admits(@Nullable String given) {
        return secret.isEmpty()
                || (given != null && MessageDigest.isEqual(secret.get(), given.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "ServingKey";
    }
}
