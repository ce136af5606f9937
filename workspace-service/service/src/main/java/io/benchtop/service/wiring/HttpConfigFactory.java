package io.benchtop.service.wiring;

import io.benchtop.service.http.HttpConfig;
import io.benchtop.service.identity.jwt.SigningKey;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Gives the HTTP side its configuration and keys. */
@Factory
final class HttpConfigFactory {

    @Singleton
    HttpConfig httpConfig(ServiceConfig config, SigningKey key) throws IOException, GeneralSecurityException {
        String internalKey = Files.readString(config.getInternalKeyFile()).strip();
        // Derived, so that replicas that share the signing key share this one too and there is no second file to keep.
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.privateKey().getEncoded(), "HmacSHA256"));
        byte[] csrfKey = mac.doFinal("benchtop csrf key".getBytes(StandardCharsets.UTF_8));
        return new HttpConfig(
                config.getPublicUrl(),
                config.getSessionCookie(),
                internalKey,
                Base64.getEncoder().encodeToString(csrfKey));
    }
}
