package io.benchtop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.service.identity.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service on PostgreSQL, and without it for a while (F04, S46). */
class DatabaseOutageIT {

    @TempDir
    Path data;

    @Test
    void withoutItsDatabaseTheServiceRefusesAndRecovers() throws IOException {
        // Given
        Map<String, Object> properties = new HashMap<>(TestingDatabases.postgresProperties());
        URI url = URI.create(properties.get("benchtop.database-url").toString().substring("jdbc:".length()));
        try (TestingGate gate = new TestingGate(url.getPort())) {
            properties.put("benchtop.database-url", "jdbc:postgresql://127.0.0.1:" + gate.port() + url.getPath());
            try (TestingService service = TestingService.start(data, properties)) {
                TestingClient admin = service.signIn("root", Role.ADMIN);
                assertThat(admin.post("/api/v1/users", "{\"name\":\"bob\",\"role\":\"viewer\"}")
                                .statusCode())
                        .isEqualTo(201);

                // When
                gate.shut();
                long start = System.nanoTime();
                HttpResponse<String> refused = admin.post("/api/v1/users", "{\"name\":\"eve\",\"role\":\"viewer\"}");
                Duration taken = Duration.ofNanos(System.nanoTime() - start);

                // Then
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
                assertThat(refused.body()).contains("\"code\":\"unavailable\"").doesNotContain("postgres", "jdbc");
                assertThat(taken).isLessThan(Duration.ofSeconds(6));
                assertThat(service.adminSide().get("/healthz").statusCode()).isEqualTo(200);
                assertThat(service.adminSide().get("/readyz").statusCode()).isEqualTo(503);
                assertThat(service.anonymous()
                                .post("/api/v1/login", "{\"name\":\"root\",\"password\":\"password of root\"}")
                                .statusCode())
                        .isEqualTo(503);

                // When
                gate.open();

                // Then
                await().atMost(Duration.ofSeconds(15))
                        .untilAsserted(
                                () -> assertThat(admin.get("/api/v1/users").statusCode())
                                        .isEqualTo(200));
                assertThat(admin.get("/api/v1/users").body()).contains("bob").doesNotContain("eve");
            }
        }
    }
}
