package io.benchtop.service.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.ServiceProcess;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import io.benchtop.service.spawn.local.FakeEnvironment;
import io.benchtop.service.spawn.local.TestingShims;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two real services over PostgreSQL, of which one is killed or frozen (SECURITY.md F01, F17): the other one goes on. */
class ReplicaProcessesIT {

    /** A lease lives ten seconds; then the other one begins. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(15);

    private static final Duration STARTED = Duration.ofSeconds(30);

    @TempDir
    Path data;

    private Map<String, String> database;
    private String authorization;

    @BeforeEach
    void prepare() {
        FakeEnvironment.prepare(data);
        Map<String, Object> properties = TestingDatabases.postgresProperties();
        database = TestingDatabases.environment(properties);
        try (TestingService service = TestingService.start(data, properties)) {
            authorization = service.program("alice", Role.DEVELOPER).header("Authorization");
        }
    }

    @AfterEach
    void end() {
        TestingShims.endAll(data);
    }

    private ServiceProcess start(String failpoint) {
        Map<String, String> environment = new HashMap<>(database);
        if (!failpoint.isEmpty()) {
            environment.put("BENCHTOP_FAILPOINT", failpoint);
        }
        return ServiceProcess.start(data, environment).awaitReady();
    }

    @ParameterizedTest
    @ValueSource(strings = {"starting-written", "process-started", "server-ready", "running-written"})
    void f01WhatAKilledReplicaBeganIsFinishedByTheOther(String step) {
        try (ServiceProcess first = start(step)) {
            // Given
            String id = id(first.program(authorization)
                    .post("/api/v1/workspaces", "{\"displayName\":\"Killed\",\"start\":true}"));
            try (ServiceProcess second = start("")) {
                assertThat(first.awaitEnd()).isEqualTo(137);

                // Then
                TestingClient alice = second.program(authorization);
                awaitState(alice, id, "RUNNING", STARTED);
                assertThat(TestingShims.guarded(data))
                        .containsExactly(data.resolve("servers").resolve(id));
            }
        }
    }

    @Test
    void f17WhatAFrozenReplicaBeganIsFinishedByTheOtherAndTheFrozenOneDoesNoHarmWhenItWakes() throws IOException {
        try (ServiceProcess first = start("");
                ServiceProcess second = start("")) {
            // Given
            TestingClient alice = second.program(authorization);
            TestingClient alicesFirst = first.program(authorization);
            List<String> ids = IntStream.range(0, 3)
                    .mapToObj(number -> {
                        String id = id(alice.post("/api/v1/workspaces", "{\"displayName\":\"Frozen\"}"));
                        slowDown(number == 0 ? "frozen" : "frozen-" + (number + 1));
                        return id;
                    })
                    .toList();
            ids.forEach(id -> alicesFirst.post("/api/v1/workspaces/" + id + ":start", ""));
            ids.forEach(id -> awaitState(alice, id, "STARTING", STARTED));

            // When
            first.freeze();

            // Then
            ids.forEach(id -> awaitState(alice, id, "RUNNING", TAKEN_OVER.plus(STARTED)));

            // When
            alice.post("/api/v1/workspaces/" + ids.getFirst() + ":stop", "");
            awaitState(alice, ids.getFirst(), "STOPPED", STARTED);
            first.thaw();

            // Then
            Awaitility.await()
                    .during(Duration.ofSeconds(4))
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> {
                        assertThat(state(alice, ids.getFirst())).contains("\"code\":\"STOPPED\"");
                        assertThat(state(alicesFirst, ids.get(1))).contains("\"code\":\"RUNNING\"");
                        assertThat(state(alicesFirst, ids.get(2))).contains("\"code\":\"RUNNING\"");
                        assertThat(TestingShims.guarded(data)).hasSize(2);
                    });
            assertThat(Files.readString(data.resolve("service.log"))).doesNotContain(" ERROR ");
        }
    }

    /** The stand-in for JupyterLab takes its time then. */
    private void slowDown(String slug) {
        try {
            Path home = Files.createDirectories(data.resolve("homes/alice").resolve(slug));
            Files.writeString(home.resolve("behaviour"), "slow 8");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String state(TestingClient alice, String id) {
        return alice.get("/api/v1/workspaces/" + id).body();
    }

    private static void awaitState(TestingClient alice, String id, String state, Duration patience) {
        Awaitility.await()
                .atMost(patience)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(state(alice, id)).contains("\"code\":\"" + state + "\""));
    }

    private static String id(HttpResponse<String> created) {
        assertThat(created.statusCode()).as(created.body()).isBetween(201, 202);
        return created.body().replaceAll("(?s).*?\"id\":\"(ws_[a-z2-7]{12})\".*", "$1");
    }
}
