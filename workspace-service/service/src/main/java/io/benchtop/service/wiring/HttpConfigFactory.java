package io.benchtop.service.wiring;

import io.benchtop.service.http.HttpConfig;
import io.benchtop.service.identity.jwt.SigningKey;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;

/** Gives the HTTP side its configuration and keys. */
@Factory
final class HttpConfigFactory {

    @Singleton
    HttpConfig httpConfig(ServiceConfig config, SigningKey key) throws IOException {
        String internalKey = Files.readString(config.getInternalKeyFile()).strip();
        byte[] csrfKey = DerivedKey.of(key, "benchtop csrf key");
        return new HttpConfig(
                config.getPublicUrl(),
                config.getSessionCookie(),
                internalKey,
                Base64.getEncoder().encodeToString(csrfKey));
    }
}
