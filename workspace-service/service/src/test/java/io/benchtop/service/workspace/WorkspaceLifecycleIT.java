package io.benchtop.service.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import io.benchtop.service.spawn.local.FakeEnvironment;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceLifecycleIT {

    @TempDir
    Path data;

    private TestingService service;
    private TestingClient alice;

    @BeforeEach
    void start() {
        FakeEnvironment.prepare(data);
        service = TestingService.start(data, Map.of("benchtop.workspaces.look-every", "500ms"));
        alice = service.signIn("alice", Role.DEVELOPER);
    }

    @AfterEach
    void stop() {
        service.internal().post("/internal/servers:stop-all", "{}");
        service.close();
    }

    @Test
    void aWorkspaceStartsAnswersAndStops() {
        // When
        HttpResponse<String> created =
                alice.post("/api/v1/workspaces", "{\"displayName\":\"My Experiment\",\"start\":true}");

        // Then
        assertThat(created.statusCode()).as(created.body()).isEqualTo(202);
        String id = id(created);
        String running = awaitState(id, "RUNNING");
        assertThat(running).contains("\"path\":\"/user/alice/my-experiment/\"", "\"phase\":\"ready\"");
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                service.internal().get("/internal/routes").body())
                        .contains("\"prefix\":\"/user/alice/my-experiment/\"", "\"state\":\"RUNNING\""));
        assertThat(data.resolve("homes/alice/my-experiment/demos/README.md")).exists();

        // When
        HttpResponse<String> stopping = alice.post("/api/v1/workspaces/" + id + ":stop", "");

        // Then
        assertThat(stopping.statusCode()).as(stopping.body()).isEqualTo(202);
        awaitState(id, "STOPPED");
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                service.internal().get("/internal/routes").body())
                        .contains("\"state\":\"STOPPED\"", "\"target\":null"));
    }

    @Test
    void aStartThatFailsSaysWhyWithTheLog() throws Exception {
        // Given
        String id = id(alice.post("/api/v1/workspaces", "{\"displayName\":\"Broken\"}"));
        Files.createDirectories(data.resolve("homes/alice/broken"));
        Files.writeString(data.resolve("homes/alice/broken/behaviour"), "exit 3");

        // When
        alice.post("/api/v1/workspaces/" + id + ":start", "");

        // Then
        assertThat(awaitState(id, "FAILED"))
                .contains("\"reasonCode\":\"EXITED\"", "exited with code 3", "about to exit as told");
    }

    private String awaitState(String id, String state) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> alice.get("/api/v1/workspaces/" + id).body(),
                        body -> body.contains("\"code\":\"" + state + "\""));
    }

    private static String id(HttpResponse<String> created) {
        return created.body().replaceAll("(?s).*?\"id\":\"(ws_[a-z2-7]{12})\".*", "$1");
    }
}
