package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AuthenticationIT {

    @TempDir
    static Path data;

    private static TestingService service;

    @BeforeAll
    static void start() {
        service = TestingService.start(data);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aSessionCookieTellsWhoIsAsking() {
        // Given
        TestingClient alice = service.signIn("alice", Role.DEVELOPER);

        // When
        HttpResponse<String> response = alice.get("/api/v1/me");

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"name\":\"alice\"", "\"role\":\"developer\"", "\"kind\":\"session\"");
    }

    @Test
    void aTokenTellsWhoIsAsking() {
        // Given
        TestingClient program = service.program("paul", Role.VIEWER);

        // When
        HttpResponse<String> response = program.get("/api/v1/me");

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"name\":\"paul\"", "\"kind\":\"token\"");
    }

    @Test
    void nobodyIsToldSoAsAProblemDocument() {
        // When
        HttpResponse<String> response = service.anonymous().get("/api/v1/me");

        // Then
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("\"code\":\"unauthenticated\"");
    }

    @Test
    @Timeout(20)
    void s05AStreamOfEventsEndsWithTheSession() throws IOException {
        // Given
        TestingClient alice = service.signIn("alice", Role.DEVELOPER);
        String created = alice.post("/api/v1/workspaces", "{\"displayName\":\"Streamed\"}")
                .body();
        String id = created.substring(created.indexOf("ws_")).split("\"", 2)[0];
        HttpURLConnection stream =
                (HttpURLConnection) URI.create(service.url() + "/api/v1/workspaces/" + id + "/events")
                        .toURL()
                        .openConnection();
        stream.setRequestProperty("Cookie", alice.header("Cookie"));
        InputStream events = stream.getInputStream();

        // When
        int signedOut = alice.form("/logout", Map.of()).statusCode();
        String heard = new String(events.readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(signedOut).isEqualTo(303);
        assertThat(heard).contains("event: state", id);
    }

    @Test
    void aPersonWhoOpensAPageIsSentToSignInAndBack() {
        // When
        HttpResponse<String> response = service.anonymous().open("/workspaces/new?profile=small");

        // Then
        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location"))
                .hasValue("/login?next=%2Fworkspaces%2Fnew%3Fprofile%3Dsmall");
    }

    @Test
    void theInternalSideOpensToItsKeyOnly() {
        // Given
        TestingClient admin = service.signIn("root", Role.ADMIN);

        // When
        int withKey = service.internal().get("/internal/nothing").statusCode();
        int asAdmin = admin.get("/internal/nothing").statusCode();

        // Then
        assertThat(withKey).isEqualTo(404);
        assertThat(asAdmin).isEqualTo(401);
    }
}
