package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.IssuedSession;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.SignIn;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInIT {

    @TempDir
    Path data;

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
    void theFirstAdministratorComesByTheLinkThatUpPrints() {
        // Given
        HttpResponse<String> link = service.internal().post("/internal/sign-in-links", "{\"purpose\":\"first-admin\"}");
        assertThat(link.statusCode()).as(link.body()).isEqualTo(200);
        String token = link.body().replaceAll(".*/login/link/([^\"]+)\".*", "$1");

        // When
        IssuedSession session = service.bean(SignIn.class)
                .byLink(token, new SignIn.LinkAnswer("root", "Root", "correct horse battery"), "127.0.0.1");

        // Then
        HttpResponse<String> me = service.anonymous()
                .with("Cookie", TestingService.SESSION_COOKIE + "=" + session.token())
                .get("/api/v1/me");
        assertThat(me.body()).contains("\"name\":\"root\"", "\"role\":\"admin\"");
        HttpResponse<String> again =
                service.internal().post("/internal/sign-in-links", "{\"purpose\":\"first-admin\"}");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("users_exist");
    }

    @Test
    void aPasswordGivesTheCommandLineAToken() {
        // Given
        service.user("alice", Role.DEVELOPER);

        // When
        HttpResponse<String> login = service.anonymous()
                .post("/api/v1/login", "{\"name\":\"alice\",\"password\":\"password of alice\",\"expiresIn\":\"P1D\"}");

        // Then
        assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
        String token = login.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
        HttpResponse<String> me =
                service.anonymous().with("Authorization", "Bearer " + token).get("/api/v1/me");
        assertThat(me.body()).contains("\"name\":\"alice\"", "\"kind\":\"token\"");
    }

    @Test
    void anAdministratorMakesAUserAndALink() {
        // Given
        TestingClient admin = service.signIn("root", Role.ADMIN);

        // When
        HttpResponse<String> created =
                admin.post("/api/v1/users", "{\"name\":\"bob\",\"displayName\":\"Bob\",\"role\":\"viewer\"}");
        HttpResponse<String> link = admin.send("POST", "/api/v1/users/bob:sign-in-link", null, null);

        // Then
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(link.statusCode()).as(link.body()).isEqualTo(200);
        assertThat(link.body()).contains(TestingService.PUBLIC_URL + "/login/link/");
    }
}
