package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The committed description of the REST interface is the one that the controllers make: no change goes unseen. */
class OpenApiTest {

    private static final Path COMMITTED = Path.of("openapi.yml");

    @Test
    void theCommittedDescriptionIsTheGeneratedOne() throws IOException {
        // Given
        String generated = generated();
        if (Boolean.getBoolean("openapi.update")) {
            Files.writeString(COMMITTED, generated);
        }

        // Then
        assertThat(Files.readString(COMMITTED))
                .as("the REST interface changed; if that is meant, write openapi.yml anew with"
                        + " mvn -pl workspace-service/service -am test -Dtest=OpenApiTest -Dopenapi.update=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(generated);
    }

    static String generated() throws IOException {
        try (var description = OpenApiTest.class.getResourceAsStream("/META-INF/swagger/openapi.yml")) {
            return new String(description.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
