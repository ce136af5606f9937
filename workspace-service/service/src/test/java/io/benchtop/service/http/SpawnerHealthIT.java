package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.MutableClock;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import io.benchtop.service.spawn.FakeSpawner;
import io.benchtop.service.spawn.SpawnerHealth.Health;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What probes, Prometheus and administrators are told about how a replica sees the servers. */
class SpawnerHealthIT {

    private static final String AWAY = "The cluster does not answer since 10:00 (connection refused).";

    private static TestingService service;

    @BeforeAll
    static void start(@TempDir Path data) {
        service = TestingService.start(
                data, Map.of("testing.fake-spawner", true, "testing.clock", "2026-02-01T10:00:00Z"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void allIsWell() {
        feel(Health.good(now()));
    }

    private static Instant now() {
        return service.bean(MutableClock.class).instant();
    }

    private static void feel(Health health) {
        service.bean(FakeSpawner.class).feel(health);
    }

    private static HttpResponse<String> readiness() {
        return service.adminSide().get("/readyz");
    }

    private static String metrics() {
        return service.adminSide().get("/metrics").body();
    }

    @Test
    void allIsWellIsToldInNumbers() {
        // When
        service.bean(MutableClock.class).advance(Duration.ofSeconds(30));

        // Then
        assertThat(readiness().statusCode()).isEqualTo(200);
        assertThat(metrics())
                .contains(
                        "benchtop_spawner_answering 1.0",
                        "benchtop_spawner_watching 1.0",
                        "benchtop_spawner_compared_age_seconds 30.0");
    }

    @Test
    void f06AClusterThatIsAwayIsToldToAdministratorsAndLeavesReplicasReady() {
        // Given
        TestingClient admin = service.signIn("root", Role.ADMIN);
        TestingClient alice = service.signIn("alice", Role.DEVELOPER);

        // When
        feel(new Health(false, false, null, AWAY));

        // Then
        assertThat(readiness().statusCode()).isEqualTo(200);
        assertThat(metrics())
                .contains("benchtop_spawner_answering 0.0", "benchtop_spawner_watching 0.0")
                .doesNotContain("benchtop_spawner_compared_age_seconds 0");
        assertThat(admin.get("/api/v1/status").body()).contains(AWAY);
        assertThat(admin.open("/admin/status").body()).contains(AWAY);
        assertThat(alice.get("/api/v1/status").body()).doesNotContain("does not answer");
    }

    @Test
    void f08WhatIsOutOfDateAlthoughTheClusterAnswersMakesAReplicaUnready() {
        // When
        service.bean(MutableClock.class).advance(Duration.ofMinutes(10));

        // Then
        assertThat(readiness().statusCode()).isEqualTo(503);
        assertThat(readiness().body()).contains("out of date");
    }
}
