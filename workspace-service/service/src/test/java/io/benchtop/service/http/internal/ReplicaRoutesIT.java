package io.benchtop.service.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import io.benchtop.service.spawn.FakeSpawner;
import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.spawn.WorkspaceId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the proxy is told by two replicas over PostgreSQL (SECURITY.md F02, F10). Each has servers of its own, as if it saw
 * those of the other one late.
 */
class ReplicaRoutesIT {

    @TempDir
    static Path data;

    private static TestingService one;
    private static TestingService two;
    private static TestingClient alice;

    @BeforeAll
    static void start() {
        Map<String, Object> properties = new HashMap<>(TestingDatabases.postgresProperties());
        properties.put("testing.fake-spawner", "true");
        one = TestingService.start(data, properties);
        two = TestingService.start(data, properties);
        alice = one.program("alice", Role.DEVELOPER);
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    @Test
    void aChangeAtOneReplicaIsToldByTheOther() throws Exception {
        // Given
        try (Watch watch = new Watch(two, revision(two))) {
            watch.awaitOpen();

            // When
            alice.post("/api/v1/workspaces", "{\"displayName\":\"Told\"}");

            // Then
            watch.await("/user/alice/told/");
        }
    }

    @Test
    void aWatchGoesOnAtTheOtherReplicaWithoutAReset() throws Exception {
        // Given
        String revision = revision(one);
        alice.post("/api/v1/workspaces", "{\"displayName\":\"Goes on\"}");

        // When
        try (Watch watch = new Watch(two, revision)) {
            // Then
            watch.await("/user/alice/goes-on/");
            assertThat(watch.lines).doesNotContain("event: reset").anyMatch(line -> line.startsWith("id: "));
        }
    }

    /** Whether the other has looked at the log already is chance, so it is tried some times. */
    @RepeatedTest(5)
    void aWatchIsNotResetByAReplicaThatHasNotLookedYet() {
        // Given
        String before = revision(one);
        alice.post("/api/v1/workspaces", "{\"displayName\":\"Ahead\"}");
        String ahead = Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .until(() -> revision(one), now -> !now.equals(before));

        // When
        try (Watch watch = new Watch(two, ahead)) {
            watch.awaitOpen();

            // Then
            assertThat(watch.lines).doesNotContain("event: reset");
        }
    }

    @Test
    void aServiceThatJustCameUpKnowsWhatAWatchMissed() throws Exception {
        // Given
        String revision = revision(one);
        alice.post("/api/v1/workspaces", "{\"displayName\":\"Restarted\"}");
        Map<String, Object> properties = new HashMap<>(Map.of(
                "testing.fake-spawner",
                "true",
                "benchtop.database-url",
                one.bean(HikariDataSource.class).getJdbcUrl(),
                "benchtop.database-user",
                "benchtop"));

        // When
        try (TestingService third = TestingService.start(data, properties);
                Watch watch = new Watch(third, revision)) {
            // Then
            watch.await("/user/alice/restarted/");
            assertThat(watch.lines).doesNotContain("event: reset");
        }
    }

    @Test
    void aRevisionOfAnotherHistoryIsReset() throws Exception {
        for (String stranger : List.of("stranger-1", "1-abc", "999999-beginning", "", "a-b-c")) {
            try (Watch watch = new Watch(one, stranger)) {
                watch.await("event: reset");
            }
        }
    }

    @Test
    void aServerThatOneReplicaSeesLateHasItsRouteThereAsSoonAsItIsSeen() throws Exception {
        // Given
        String id = id(alice.post("/api/v1/workspaces", "{\"displayName\":\"Late\",\"start\":true}"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> route(one, "late").contains("\"state\":\"RUNNING\""));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> route(two, "late").contains("\"state\":\"FAILED\""));
        try (Watch watch = new Watch(two, revision(two))) {
            watch.awaitOpen();

            // When
            ((FakeSpawner) two.bean(Spawner.class)).addOrphan(new WorkspaceId(id));

            // Then
            watch.await("\"state\":\"RUNNING\"");
            assertThat(route(two, "late")).contains("\"state\":\"RUNNING\"");
        }
    }

    @Test
    void whatIsRevokedAtOneReplicaIsToldByTheOtherAndStaysInTheTable() throws Exception {
        // Given
        TestingClient root = one.program("root", Role.ADMIN);
        one.signIn("bob", Role.DEVELOPER);
        one.program("bob", Role.DEVELOPER);
        try (Watch watch = new Watch(two, revision(two))) {
            watch.awaitOpen();

            // When
            assertThat(root.patch("/api/v1/users/bob", "{\"disabled\":true}").statusCode())
                    .isEqualTo(200);

            // Then
            watch.await("event: session-revoked");
            watch.await("event: token-revoked");
            assertThat(two.internal().get("/internal/routes").body())
                    .containsPattern("\"revokedTokens\":\\[\"[^\"]+\"")
                    .containsPattern("\"revokedSessions\":\\[\\{");
        }
    }

    private static String revision(TestingService service) {
        return service.internal().get("/internal/routes").body().replaceAll("(?s).*\"revision\":\"([^\"]+)\".*", "$1");
    }

    private static String route(TestingService service, String slug) {
        return service.internal()
                .get("/internal/routes")
                .body()
                .replaceAll("(?s).*(\\{\"prefix\":\"/user/alice/" + slug + "/\"[^}]*\\}).*", "$1");
    }

    private static String id(HttpResponse<String> created) {
        return created.body().replaceAll("(?s).*?\"id\":\"(ws_[a-z2-7]{12})\".*", "$1");
    }

    /** A watch of the routes, as the proxy has one. */
    private static final class Watch implements AutoCloseable {

        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final HttpClient http = HttpClient.newHttpClient();

        Watch(TestingService service, String after) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(service.url() + "/internal/routes/watch?after=" + after))
                    .header("Authorization", service.internal().header("Authorization"))
                    .build();
            Thread.startVirtualThread(() -> {
                try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                        http.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8))) {
                    reader.lines().forEach(lines::add);
                } catch (IOException | InterruptedException | UncheckedIOException e) {
                    lines.add("end");
                }
            });
        }

        void awaitOpen() {
            await("event: heartbeat");
        }

        void await(String part) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(10))
                    .untilAsserted(() -> assertThat(lines).anyMatch(line -> line.contains(part)));
        }

        @Override
        public void close() {
            http.shutdownNow();
        }
    }
}
