package io.benchtop.service.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.ServiceProcess;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import io.benchtop.service.spawn.local.FakeEnvironment;
import io.benchtop.service.spawn.local.TestingShims;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real service, killed (SECURITY.md F01, F03, F24): what it was about to do is done by the next one, and once. */
class CrashIT {

    @TempDir
    Path data;

    private String authorization;

    @BeforeEach
    void prepare() {
        FakeEnvironment.prepare(data);
        try (TestingService service = TestingService.start(data)) {
            authorization = service.program("alice", Role.DEVELOPER).header("Authorization");
        }
    }

    @AfterEach
    void end() {
        TestingShims.endAll(data);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "starting-written",
                "secrets-written",
                "order-written",
                "process-started",
                "server-ready",
                "running-written"
            })
    void f01AServiceKilledAtAnyStepOfAStartLeavesOneServerAndOneRow(String step) {
        // Given
        String id;
        try (ServiceProcess first =
                ServiceProcess.start(data, Map.of("BENCHTOP_FAILPOINT", step)).awaitReady()) {
            id = id(first.program(authorization)
                    .post("/api/v1/workspaces", "{\"displayName\":\"Crash\",\"start\":true}"));
            assertThat(first.awaitEnd()).isEqualTo(137);
        }

        // When
        try (ServiceProcess second = ServiceProcess.start(data, Map.of()).awaitReady()) {
            TestingClient alice = second.program(authorization);
            awaitState(alice, id, "RUNNING");

            // Then
            assertThat(TestingShims.guarded(data))
                    .containsExactly(data.resolve("servers").resolve(id));
            assertThat(alice.get("/api/v1/workspaces").body().split("\"id\":\"ws_", -1))
                    .hasSize(2);
            alice.post("/api/v1/workspaces/" + id + ":stop", "");
            awaitState(alice, id, "STOPPED");
            assertThat(TestingShims.guarded(data)).isEmpty();
        }
    }

    @Test
    void aServiceKilledWhileDeletingFinishesIt() {
        // Given
        String id;
        try (ServiceProcess first = ServiceProcess.start(data, Map.of("BENCHTOP_FAILPOINT", "files-gone"))
                .awaitReady()) {
            TestingClient alice = first.program(authorization);
            id = id(alice.post("/api/v1/workspaces", "{\"displayName\":\"Crash\",\"start\":true}"));
            awaitState(alice, id, "RUNNING");
            alice.delete("/api/v1/workspaces/" + id + "?files=keep");
            assertThat(first.awaitEnd()).isEqualTo(137);
        }

        // When
        try (ServiceProcess second = ServiceProcess.start(data, Map.of()).awaitReady()) {
            TestingClient alice = second.program(authorization);

            // Then
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> alice.get("/api/v1/workspaces/" + id).statusCode() == 404);
            assertThat(data.resolve("kept/alice/crash-" + id + "/demos/README.md"))
                    .exists();
            assertThat(data.resolve("homes/alice/crash")).doesNotExist();
            assertThat(data.resolve("servers").resolve(id)).doesNotExist();
        }
    }

    @Test
    void aKilledServiceLeavesServersRunningAndTheNextOneFindsThemAndThoseThatDiedMeanwhile() throws Exception {
        // Given
        String stays;
        String dies;
        try (ServiceProcess first = ServiceProcess.start(data, Map.of()).awaitReady()) {
            TestingClient alice = first.program(authorization);
            stays = id(alice.post("/api/v1/workspaces", "{\"displayName\":\"Stays\",\"start\":true}"));
            dies = id(alice.post("/api/v1/workspaces", "{\"displayName\":\"Dies\",\"start\":true}"));
            awaitState(alice, stays, "RUNNING");
            awaitState(alice, dies, "RUNNING");
            first.kill();
        }
        String before = Files.readString(data.resolve("servers/" + stays + "/server.json"));

        // Then: the tab goes on
        URI api = URI.create("http://127.0.0.1:" + number(data.resolve("servers/" + stays + "/launch.json"), "port")
                + "/user/alice/stays/api");
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(HttpRequest.newBuilder(api).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }

        // Given: F03
        ProcessHandle.of(number(data.resolve("servers/" + dies + "/server.json"), "pid"))
                .orElseThrow()
                .destroyForcibly();

        // When
        try (ServiceProcess second = ServiceProcess.start(data, Map.of()).awaitReady()) {
            TestingClient alice = second.program(authorization);

            // Then
            assertThat(awaitState(alice, stays, "RUNNING")).contains("\"memoryBytes\"");
            assertThat(Files.readString(data.resolve("servers/" + stays + "/server.json")))
                    .isEqualTo(before);
            assertThat(awaitState(alice, dies, "FAILED")).contains("\"reasonCode\":\"EXITED\"", "signal 9");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(
                                    second.internal().get("/internal/routes").body())
                            .contains("\"state\":\"RUNNING\"", "\"state\":\"FAILED\""));
        }
    }

    @Test
    void f24NothingThatWasAcknowledgedIsLostWhenTheServiceIsKilledWhileItWrites() throws Exception {
        // Given
        ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
        for (int round = 0; round < 10; round++) {
            try (ServiceProcess service = ServiceProcess.start(data, Map.of()).awaitReady()) {
                TestingClient alice = service.program(authorization);
                assertThat(ids(alice)).containsAll(acknowledged);

                // When
                List<Thread> writers = Stream.generate(() -> Thread.ofVirtual().start(() -> write(alice, acknowledged)))
                        .limit(3)
                        .toList();
                int before = acknowledged.size();
                Awaitility.await().until(() -> acknowledged.size() > before + 1);
                Thread.sleep(37L * round);
                service.kill();
                for (Thread writer : writers) {
                    writer.join();
                }
            }
        }

        // Then
        try (ServiceProcess service = ServiceProcess.start(data, Map.of()).awaitReady()) {
            assertThat(acknowledged).hasSizeGreaterThan(10);
            assertThat(ids(service.program(authorization))).containsAll(acknowledged);
        }
    }

    private static void write(TestingClient alice, ConcurrentLinkedQueue<String> acknowledged) {
        try {
            while (true) {
                HttpResponse<String> created = alice.post("/api/v1/workspaces", "{\"displayName\":\"Written\"}");
                if (created.statusCode() == 201) {
                    acknowledged.add(id(created));
                }
            }
        } catch (RuntimeException e) {
            // The service is gone, as it should be.
            return;
        }
    }

    private static List<String> ids(TestingClient alice) {
        return Stream.of(alice.get("/api/v1/workspaces").body().split("\"id\":\"", -1))
                .skip(1)
                .map(rest -> rest.substring(0, rest.indexOf('"')))
                .toList();
    }

    private static String awaitState(TestingClient alice, String id, String state) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> alice.get("/api/v1/workspaces/" + id).body(),
                        body -> body.contains("\"code\":\"" + state + "\""));
    }

    private static String id(HttpResponse<String> created) {
        assertThat(created.statusCode()).as(created.body()).isBetween(201, 202);
        return created.body().replaceAll("(?s).*?\"id\":\"(ws_[a-z2-7]{12})\".*", "$1");
    }

    private static long number(Path json, String name) throws IOException {
        return Long.parseLong(Files.readString(json).replaceAll("(?s).*?\"" + name + "\":\\s*(\\d+).*", "$1"));
    }
}
