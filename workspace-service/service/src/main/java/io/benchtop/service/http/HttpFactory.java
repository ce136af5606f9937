package io.benchtop.service.http;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/** What controllers and pages share of the session. */
@Factory
final class HttpFactory {

    @Singleton
    CsrfTokens csrfTokens(HttpConfig config) {
        return new CsrfTokens(config.csrfKey().getBytes(StandardCharsets.UTF_8));
    }

    @Singleton
    AttemptCookie attemptCookie(HttpConfig config) {
        return new AttemptCookie(config.publicUrl());
    }

    @Singleton
    SessionCookie sessionCookie(HttpConfig config) {
        return new SessionCookie(config.sessionCookie(), config.isHttps());
    }
}
