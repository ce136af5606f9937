package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInPagesIT {

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
    void somebodyUnknownIsAskedToSignInAndComesBack() {
        // When
        HttpResponse<String> asked = service.anonymous().open("/settings?x=1");

        // Then
        assertThat(asked.statusCode()).isEqualTo(303);
        String login = asked.headers().firstValue("Location").orElseThrow();
        assertThat(login).isEqualTo("/login?next=%2Fsettings%3Fx%3D1");
        assertThat(service.anonymous().open(login).body()).contains("name=\"next\" value=\"/settings?x=1\"");
    }

    @Test
    void nameAndPasswordLeadToTheAskedPage() {
        // Given
        service.user("anna", Role.VIEWER);

        // When
        HttpResponse<String> answer =
                signIn(Map.of("name", " anna ", "password", TestingService.passwordOf("anna"), "next", "/settings"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/settings");
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith(TestingService.SESSION_COOKIE + "=ey")
                .contains("HttpOnly");
    }

    @Test
    void aWrongPasswordSaysSoAndKeepsTheName() {
        // Given
        service.user("anna", Role.VIEWER);

        // When
        HttpResponse<String> answer = signIn(Map.of("name", "anna", "password", "secret-guess"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .contains("id=\"login-problem\"", "value=\"anna\"")
                .doesNotContain("secret-guess");
    }

    @Test
    void tooManyAttemptsSayHowLongToWait() {
        // When
        HttpResponse<String> answer = null;
        for (int attempt = 0; attempt < 100 && (answer == null || answer.statusCode() == 401); attempt++) {
            answer = signIn(Map.of("name", "nobody-here", "password", "guess"));
        }

        // Then
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("id=\"login-problem\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\/evil.example",
                "https:evil.example",
                "https://evil.example/",
                "%2f%2fevil.example",
                "/%09/evil.example",
                "/%2fevil.example",
                "javascript:alert(1)",
                "data:text/html,x",
                "/x\r\nSet-Cookie: a=b",
                "http://127.0.0.1:8080//evil.example"
            })
    void s06NobodyIsSentToAnotherHostAfterSigningIn(String next) {
        // Given
        service.user("nora", Role.VIEWER);

        // When
        HttpResponse<String> answer =
                signIn(Map.of("name", "nora", "password", TestingService.passwordOf("nora"), "next", next));

        // Then
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/");
    }

    @Test
    void s03SigningInFromAnotherSiteIsRefused() {
        // Given
        service.user("anna", Role.VIEWER);

        // When
        HttpResponse<String> answer = service.anonymous()
                .with("Origin", "https://evil.example")
                .with("Accept", "text/html")
                .form("/login", Map.of("name", "anna", "password", TestingService.passwordOf("anna")));

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void signingOutTakesTheCookieAndEndsTheSession() {
        // Given
        TestingClient browser = service.signIn("otto", Role.DEVELOPER);

        // When
        HttpResponse<String> answer = browser.form("/logout", Map.of());

        // Then
        assertThat(answer.headers().firstValue("Location")).contains("/login?done=signed-out");
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
        assertThat(browser.open("/settings").statusCode()).isEqualTo(303);
    }

    @Test
    void s03ALinkAloneSignsNobodyOut() {
        // Given
        TestingClient browser = service.signIn("paul", Role.DEVELOPER);

        // When
        HttpResponse<String> answer = browser.open("/workspaces/logout");

        // Then
        assertThat(answer.body()).contains("id=\"confirm-sign-out\"");
        assertThat(browser.open("/settings").statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> signIn(Map<String, String> fields) {
        return service.anonymous()
                .with("Origin", TestingService.PUBLIC_URL)
                .with("Accept", "text/html")
                .form("/login", fields);
    }
}
