package io.benchtop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.service.identity.Role;
import io.benchtop.service.lease.Leases;
import io.benchtop.service.spawn.FakeSpawner;
import io.benchtop.service.spawn.Spawner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service on PostgreSQL, and without it for a while (F04, S46). */
class DatabaseOutageIT {

    private static final Duration LONGER_THAN_AN_OUTAGE_IS_BORNE = Duration.ofSeconds(3);

    @TempDir
    Path data;

    @Test
    void f04ServersAndStartsGoOnWithoutTheDatabaseForLongerThanALeaseLives() throws IOException {
        // Given
        Map<String, Object> properties = new HashMap<>(TestingDatabases.postgresProperties());
        URI url = URI.create(properties.get("benchtop.database-url").toString().substring("jdbc:".length()));
        try (TestingGate gate = new TestingGate(url.getPort())) {
            properties.put("benchtop.database-url", "jdbc:postgresql://127.0.0.1:" + gate.port() + url.getPath());
            properties.put("testing.fake-spawner", "true");
            properties.put("benchtop.workspaces.look-every", "500ms");
            try (TestingService service = TestingService.start(data, properties)) {
                TestingClient alice = service.program("alice", Role.DEVELOPER);
                FakeSpawner spawner = (FakeSpawner) service.bean(Spawner.class);
                String runs = created(alice, "Runs");
                await().until(() -> isRunning(alice, runs));
                spawner.hang(true);
                String starts = created(alice, "Starts");
                await().until(() -> spawner.waitingStarts() == 1);

                // When
                gate.shut();

                // Then
                await().during(Leases.LIFE.plusSeconds(2))
                        .atMost(Leases.LIFE.plusSeconds(10))
                        .until(() -> spawner.list().size() == 1);

                // When
                gate.open();
                spawner.hang(false);

                // Then
                await().atMost(Duration.ofSeconds(60))
                        .ignoreExceptions()
                        .until(() -> alice.post("/api/v1/workspaces", "{\"displayName\":\"After\"}")
                                        .statusCode()
                                == 201);
                await().atMost(Duration.ofSeconds(60)).until(() -> isRunning(alice, starts));
                assertThat(isRunning(alice, runs)).isTrue();
                assertThat(spawner.startedProcesses()).isEqualTo(2);
            }
        }
    }

    private static String created(TestingClient client, String name) {
        return client.post("/api/v1/workspaces", "{\"displayName\":\"" + name + "\",\"start\":true}")
                .body()
                .replaceAll("(?s).*?\"id\":\"(ws_[a-z2-7]{12})\".*", "$1");
    }

    private static boolean isRunning(TestingClient client, String id) {
        return client.get("/api/v1/workspaces/" + id).body().contains("\"code\":\"RUNNING\"");
    }

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
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(
                                () -> assertThat(admin.get("/api/v1/users").statusCode())
                                        .isEqualTo(200));
                assertThat(admin.get("/api/v1/users").body()).contains("bob").doesNotContain("eve");
            }
        }
    }

    @Test
    void aDatabaseThatHasMuchToDoIsNotAway() throws IOException {
        // Given
        Map<String, Object> properties = TestingDatabases.postgresProperties();
        try (TestingService service = TestingService.start(data, properties);
                Handle other = TestingDatabases.behindTheBack(properties).open()) {
            TestingClient admin = service.signIn("root", Role.ADMIN);
            other.begin();
            other.execute("lock table audit_head");

            // When
            List<CompletableFuture<Integer>> answers = IntStream.range(0, 20)
                    .mapToObj(number -> CompletableFuture.supplyAsync(
                            () -> admin.post("/api/v1/users", "{\"name\":\"bob-" + number + "\",\"role\":\"viewer\"}")
                                    .statusCode(),
                            Thread::startVirtualThread))
                    .toList();
            await().during(LONGER_THAN_AN_OUTAGE_IS_BORNE)
                    .atMost(LONGER_THAN_AN_OUTAGE_IS_BORNE.plusSeconds(5))
                    .until(() -> answers.stream().noneMatch(CompletableFuture::isDone));
            other.commit();

            // Then
            assertThat(answers).extracting(CompletableFuture::join).containsOnly(201);
        }
    }
}
