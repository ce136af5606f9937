package io.benchtop.service.http.api;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The published JSON Schema of a profile, for editors and forms. What it cannot say, the service checks. */
@Singleton
final class ProfileSchema {

    private final String text;

    ProfileSchema() {
        try (var resource = ProfileSchema.class.getResourceAsStream("/profile.schema.json")) {
            this.text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return text;
    }
}
