package io.benchtop.service.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.FakeSpawner;
import io.benchtop.service.spawn.ServerEnding;
import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.spawn.WorkspaceId;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Workspaces over REST and the routes that follow from them, with servers that are only pretended. */
class WorkspaceRestIT {

    @TempDir
    static Path data;

    private static TestingService service;
    private static TestingClient alice;
    private static TestingClient bob;
    private static TestingClient root;
    private static TestingClient internal;
    private static FakeSpawner spawner;

    @BeforeAll
    static void start() {
        service = TestingService.start(
                data,
                Map.of(
                        "testing.fake-spawner", "true",
                        "benchtop.workspaces.look-every", "100ms",
                        "benchtop.workspaces.quota", 40));
        alice = service.program("alice", Role.DEVELOPER);
        bob = service.program("bob", Role.DEVELOPER);
        root = service.program("root", Role.ADMIN);
        internal = service.internal();
        spawner = (FakeSpawner) service.bean(Spawner.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aWorkspaceIsMadeStartedChangedStoppedAndDeleted() {
        // When
        HttpResponse<String> created = create(alice, "{\"displayName\":\"Life\",\"profile\":\"small\"}");

        // Then
        assertThat(created.statusCode()).isEqualTo(201);
        String id = id(created);
        assertThat(created.headers().firstValue("Location")).hasValue("/api/v1/workspaces/" + id);
        assertThat(created.body()).contains("\"code\":\"STOPPED\"", "\"memoryBytes\":null", "\"processes\":512");
        assertThat(alice.post("/api/v1/workspaces/" + id + ":start", "").statusCode())
                .isEqualTo(202);
        awaitState(id, "RUNNING");
        assertThat(alice.patch("/api/v1/workspaces/" + id, "{\"displayName\":\"New name\"}")
                        .body())
                .contains("\"displayName\":\"New name\"", "\"slug\":\"life\"");
        assertThat(alice.post("/api/v1/workspaces/" + id + ":stop", "").statusCode())
                .isEqualTo(202);
        awaitState(id, "STOPPED");
        assertThat(alice.delete("/api/v1/workspaces/" + id + "?files=delete").statusCode())
                .isEqualTo(202);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> alice.get("/api/v1/workspaces/" + id).statusCode() == 404);
        Awaitility.await().untilAsserted(() -> assertThat(routes()).doesNotContain("/user/alice/life/"));
    }

    @Test
    void theSameKeyGivesTheSameWorkspaceAndNoOtherRequest() {
        // Given
        TestingClient keyed = alice.with("Idempotency-Key", "key-1");
        HttpResponse<String> first = create(keyed, "{\"displayName\":\"Once\"}");

        // Then
        assertThat(id(create(keyed, "{\"displayName\":\"Once\"}"))).isEqualTo(id(first));
        HttpResponse<String> other = create(keyed, "{\"displayName\":\"Twice\"}");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("idempotency_key_reused");
        assertThat(id(create(bob.with("Idempotency-Key", "key-1"), "{\"displayName\":\"Once\"}")))
                .isNotEqualTo(id(first));
    }

    @Test
    void aSlugWhoseFilesWereKeptIsNotGivenToOtherFiles() throws Exception {
        // Given
        String id = id(create(alice, "{\"displayName\":\"Kept\"}"));
        Files.createDirectories(data.resolve("homes/alice/kept"));
        Files.writeString(data.resolve("homes/alice/kept/work.txt"), "work");

        // When
        alice.delete("/api/v1/workspaces/" + id + "?files=keep");

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> alice.get("/api/v1/workspaces/" + id).statusCode() == 404);
        assertThat(data.resolve("kept/alice/kept-" + id + "/work.txt")).hasContent("work");
        assertThat(create(alice, "{\"displayName\":\"Kept\"}").body()).contains("\"slug\":\"kept-2\"");
        HttpResponse<String> asked = create(alice, "{\"displayName\":\"Kept\",\"slug\":\"kept\"}");
        assertThat(asked.statusCode()).isEqualTo(409);
    }

    @Test
    void f03AServerThatEndsByItselfIsToldWithItsReasonAndHasNoRouteAnyMore() {
        // Given
        String id = id(create(alice, "{\"displayName\":\"Ends\",\"start\":true}"));
        awaitState(id, "RUNNING");

        // When
        spawner.exit(
                new WorkspaceId(id),
                new ServerEnding(EndingCode.OUT_OF_MEMORY, "Too much memory.", List.of("last line")));

        // Then
        awaitState(id, "FAILED");
        assertThat(alice.get("/api/v1/workspaces/" + id).body())
                .contains("\"reasonCode\":\"OUT_OF_MEMORY\"", "Too much memory.", "last line");
        Awaitility.await()
                .untilAsserted(() -> assertThat(routes())
                        .containsPattern("/user/alice/ends/\"[^}]*\"state\":\"FAILED\",\"target\":null"));
    }

    @Test
    void aServerThatBelongsToNoWorkspaceIsEnded() {
        // Given
        WorkspaceId orphan = WorkspaceId.random();

        // When
        spawner.addOrphan(orphan);

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !spawner.list().containsKey(orphan));
    }

    static Stream<Arguments> verbs() {
        return Stream.of(
                Arguments.of("GET", "", null),
                Arguments.of("PATCH", "", "{\"displayName\":\"Mine now\"}"),
                Arguments.of("DELETE", "?files=delete", null),
                Arguments.of("POST", ":start", ""),
                Arguments.of("POST", ":stop", ""),
                Arguments.of("POST", ":keep-alive", "{\"duration\":\"PT1H\",\"reason\":\"x\"}"),
                Arguments.of("GET", "/log", null),
                Arguments.of("GET", "/events", null));
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void s14AnothersWorkspaceIsAnsweredLikeNoneAtAll(String method, String suffix, String body) {
        // Given
        String id = id(create(alice, "{\"displayName\":\"Private\"}"));
        String unknown = WorkspaceId.random().value();

        // When
        HttpResponse<String> others = bob.send(method, "/api/v1/workspaces/" + id + suffix, "application/json", body);
        HttpResponse<String> none =
                bob.send(method, "/api/v1/workspaces/" + unknown + suffix, "application/json", body);

        // Then
        assertThat(others.statusCode()).isEqualTo(404);
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(others.body().replace(id, "ID")).isEqualTo(none.body().replace(unknown, "ID"));
        assertThat(bob.get("/api/v1/workspaces").body()).doesNotContain(id);
        assertThat(bob.get("/api/v1/workspaces?owner=alice").statusCode()).isEqualTo(403);
        assertThat(alice.get("/api/v1/workspaces/" + id).body()).contains("\"displayName\":\"Private\"");
        alice.delete("/api/v1/workspaces/" + id + "?files=delete");
    }

    @Test
    void administratorsSeeAndStopButDoNotStart() {
        // Given
        String id = id(create(alice, "{\"displayName\":\"Watched\",\"start\":true}"));
        awaitState(id, "RUNNING");

        // Then
        assertThat(root.get("/api/v1/workspaces?owner=*").body()).contains(id);
        assertThat(root.post("/api/v1/workspaces/" + id + ":stop", "").statusCode())
                .isEqualTo(202);
        awaitState(id, "STOPPED");
        assertThat(alice.get("/api/v1/workspaces/" + id).body()).contains("administrator root");
        assertThat(root.post("/api/v1/workspaces/" + id + ":start", "").statusCode())
                .isEqualTo(403);
    }

    static Stream<Arguments> wrongInput() {
        return Stream.of(
                Arguments.of("{", "not"),
                Arguments.of("[]", ""),
                Arguments.of("{}", "displayName"),
                Arguments.of("{\"displayName\":\"  \"}", "displayName"),
                Arguments.of("{\"displayName\":\"" + "x".repeat(5000) + "\"}", "100"),
                Arguments.of("{\"displayName\":\"x\\nhostPID: true\"}", "displayName"),
                Arguments.of("{\"displayName\":\"X\",\"profile\":\"huge\"}", "small, standard, large"),
                Arguments.of("{\"displayName\":\"X\",\"profile\":\"x\\nhostPID: true\"}", "profile"),
                Arguments.of("{\"displayName\":\"X\",\"slug\":\"../up\"}", "slug"),
                Arguments.of("{\"displayName\":\"X\",\"slug\":\"a--b\"}", "slug"),
                Arguments.of("{\"displayName\":\"X\",\"start\":\"perhaps\"}", ""),
                Arguments.of("{\"displayName\":\"X\",\"slugg\":\"typo\"}", "slugg"));
    }

    @ParameterizedTest
    @MethodSource("wrongInput")
    void wrongInputIsToldInASentenceAndMakesNothing(String body, String words) {
        // Given
        String before = alice.get("/api/v1/workspaces").body();

        // When
        HttpResponse<String> refused = create(alice, body);

        // Then
        assertThat(refused.statusCode()).as(refused.body()).isBetween(400, 499);
        assertThat(refused.body()).contains("\"detail\":\"").contains(words);
        assertThat(alice.get("/api/v1/workspaces").body()).isEqualTo(before);
    }

    @Test
    void s11TextThatLooksLikeATemplateStaysText() {
        // Given
        String text = "{{7*7}} ${jndi:ldap://x} %s</script>";

        // When
        HttpResponse<String> created = create(alice, "{\"displayName\":\"" + text + "\"}");

        // Then
        assertThat(created.body()).contains("{{7*7}} ${jndi:ldap://x} %s<").doesNotContain("49 ");
        assertThat(created.body()).containsPattern("\"slug\":\"[a-z][a-z0-9-]*\"");
    }

    @Test
    void deletingAsksWhatHappensToTheFilesAndKeepingAliveHasABound() {
        // Given
        String id = id(create(alice, "{\"displayName\":\"Asked\"}"));
        String path = "/api/v1/workspaces/" + id;

        // Then
        assertThat(alice.delete(path).statusCode()).isEqualTo(400);
        assertThat(alice.delete(path + "?files=burn").body()).contains("keep", "delete");
        assertThat(alice.post(path + ":keep-alive", "{\"duration\":\"PT25H\"}"))
                .returns(422, it -> it.statusCode())
                .extracting(it -> it.body())
                .asString()
                .contains("\"keep_alive_too_long\"", "at most 24 hours");
        assertThat(alice.post(path + ":keep-alive", "{\"duration\":\"PT0S\"}").statusCode())
                .isEqualTo(400);
        assertThat(alice.post(path + ":keep-alive", "{\"duration\":\"soon\"}").statusCode())
                .isEqualTo(400);
        assertThat(alice.post(path + ":keep-alive", "{\"duration\":\"PT2H\",\"reason\":\"long run\"}")
                        .body())
                .contains("\"reason\":\"long run\"");
        assertThat(alice.get(path + "/log?lines=0").statusCode()).isEqualTo(400);
    }

    @Test
    void theQuotaIsToldWithANumber() {
        // Given
        TestingClient carol = service.program("carol", Role.DEVELOPER);
        for (int i = 0; i < 40; i++) {
            assertThat(create(carol, "{\"displayName\":\"Many\"}").statusCode()).isEqualTo(201);
        }

        // When
        HttpResponse<String> refused = create(carol, "{\"displayName\":\"Many\"}");

        // Then
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("quota_reached", "40");
    }

    @Test
    void theWatchGoesOnFromTheSnapshotAndBeatsAndSendsStrangersBackToTheSnapshot() throws Exception {
        // Given
        String revision = internal.get("/internal/routes").body().replaceAll(".*\"revision\":\"([^\"]+)\".*", "$1");
        String id = id(create(alice, "{\"displayName\":\"Followed\"}"));

        // Then
        assertThat(events("/internal/routes/watch?after=" + revision, "event: route"))
                .anyMatch(line -> line.contains("/user/alice/followed/"))
                .anyMatch(line -> line.startsWith("id: "))
                .contains("event: heartbeat");
        assertThat(events("/internal/routes/watch?after=stranger-1", "event: reset"))
                .contains("event: reset");
        assertThat(events("/api/v1/workspaces/" + id + "/events", "event: heartbeat"))
                .contains("event: state");
    }

    @Test
    void theProxysActivityIsKept() {
        // Given
        String id = id(create(alice, "{\"displayName\":\"Used\"}"));

        // When
        HttpResponse<String> told = internal.post(
                "/internal/activity",
                "[{\"prefix\":\"/user/alice/used/\",\"lastActivity\":\"2026-01-02T03:04:05Z\",\"openTunnels\":1},"
                        + "{\"prefix\":\"/user/nobody/here/\",\"lastActivity\":\"2026-01-02T03:04:05Z\",\"openTunnels\":0}]");

        // Then
        assertThat(told.statusCode()).as(told.body()).isEqualTo(204);
        assertThat(alice.get("/api/v1/workspaces/" + id).body()).contains("\"lastActivity\":\"2026-01-02T03:04:05Z\"");
    }

    /** The lines until the one that is waited for and a heartbeat have come. */
    private static List<String> events(String path, String awaited) throws Exception {
        TestingClient client = path.startsWith("/internal") ? internal : alice;
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("Authorization", client.header("Authorization"))
                .header("Accept", "text/event-stream")
                .timeout(Duration.ofSeconds(15))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            InputStream body = http.send(request, BodyHandlers.ofInputStream()).body();
            List<String> lines = new ArrayList<>();
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                String line = reader.readLine();
                while (line != null
                        && !(lines.contains(awaited) && lines.contains("event: heartbeat") && line.isEmpty())) {
                    lines.add(line);
                    line = reader.readLine();
                }
            }
            http.shutdownNow();
            return lines;
        }
    }

    private static HttpResponse<String> create(TestingClient client, String body) {
        return client.post("/api/v1/workspaces", body);
    }

    private static String routes() {
        return internal.get("/internal/routes").body();
    }

    private static void awaitState(String id, String state) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> alice.get("/api/v1/workspaces/" + id).body().contains("\"code\":\"" + state + "\""));
    }

    private static String id(HttpResponse<String> created) {
        assertThat(created.statusCode()).as(created.body()).isBetween(201, 202);
        return created.body().replaceAll("(?s).*?\"id\":\"(ws_[a-z2-7]{12})\".*", "$1");
    }
}
