package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user as whom {@code helm test} walks through an installation. */
class TrialTokenIT {

    @TempDir
    private Path data;

    private TestingService service;

    @BeforeEach
    void start() {
        service = TestingService.start(data);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void theHolderOfTheInternalKeyGetsATokenOfADeveloper() {
        // When
        HttpResponse<String> first = service.internal().post("/internal/trial-tokens", "");
        HttpResponse<String> second = service.internal().post("/internal/trial-tokens", "");

        // Then
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
        HttpResponse<String> me = service.anonymous()
                .with("Authorization", "Bearer " + token(second))
                .get("/api/v1/me");
        assertThat(me.body()).contains("\"name\":\"helm-test\"", "\"role\":\"developer\"");
    }

    @Test
    void nobodyElseGetsOne() {
        assertThat(service.anonymous().post("/internal/trial-tokens", "").statusCode())
                .isEqualTo(401);
        assertThat(service.signIn("root", Role.ADMIN)
                        .post("/internal/trial-tokens", "")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void theFirstAdministratorCanStillCome() {
        // Given
        service.internal().post("/internal/trial-tokens", "");

        // When
        HttpResponse<String> link = service.internal().post("/internal/sign-in-links", "{\"purpose\":\"first-admin\"}");

        // Then
        assertThat(link.statusCode()).as(link.body()).isEqualTo(200);
    }

    @Test
    void anAdministratorCanTurnItOff() {
        // Given
        service.internal().post("/internal/trial-tokens", "");
        service.signIn("root", Role.ADMIN).patch("/api/v1/users/helm-test", "{\"disabled\":true}");

        // When
        HttpResponse<String> refused = service.internal().post("/internal/trial-tokens", "");

        // Then
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("helm-test", "is disabled");
    }

    private static String token(HttpResponse<String> answer) {
        return answer.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
    }
}
