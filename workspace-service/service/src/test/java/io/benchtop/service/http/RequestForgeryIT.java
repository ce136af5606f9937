package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestForgeryIT {

    private static final String PATH = "/api/v1/tokens";
    private static final String BODY = "{\"name\":\"forged\",\"expiresIn\":\"P1D\"}";

    @TempDir
    static Path data;

    private static TestingService service;
    private static TestingClient alice;
    private static TestingClient bob;

    @BeforeAll
    static void start() {
        service = TestingService.start(data);
        alice = service.signIn("alice", Role.DEVELOPER);
        bob = service.signIn("bob", Role.DEVELOPER);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    static Stream<Arguments> forgeries() {
        String csrf = CsrfTokens.HEADER;
        return Stream.of(
                Arguments.of("no token", alice.without(csrf), "application/json", BODY),
                Arguments.of("another user's token", alice.with(csrf, bob.header(csrf)), "application/json", BODY),
                Arguments.of("empty token", alice.with(csrf, ""), "application/json", BODY),
                Arguments.of("no origin", alice.without("Origin"), "application/json", BODY),
                Arguments.of("foreign origin", alice.with("Origin", "https://evil"), "application/json", BODY),
                Arguments.of(
                        "origin that begins like ours",
                        alice.with("Origin", TestingService.PUBLIC_URL + ".evil.com"),
                        "application/json",
                        BODY),
                Arguments.of("null origin", alice.with("Origin", "null"), "application/json", BODY),
                Arguments.of(
                        "no-cors fetch of another site",
                        alice.without("Origin")
                                .with("Sec-Fetch-Mode", "no-cors")
                                .with("Sec-Fetch-Site", "cross-site"),
                        "application/json",
                        BODY),
                Arguments.of("sibling site", alice.with("Sec-Fetch-Site", "same-site"), "application/json", BODY),
                Arguments.of("text without token", alice.without(csrf), "text/plain", BODY),
                Arguments.of(
                        "form without token",
                        alice.without(csrf),
                        "application/x-www-form-urlencoded",
                        "name=forged&expiresIn=P1D"),
                Arguments.of(
                        "form with another user's token",
                        alice.without(csrf),
                        "application/x-www-form-urlencoded",
                        "_csrf=" + bob.header(csrf) + "&name=forged"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void s03AForgedRequestIsRefusedAndChangesNothing(String how, TestingClient forger, String type, String body) {
        // When
        HttpResponse<String> post = forger.send("POST", PATH, type, body);
        HttpResponse<String> delete = forger.send("DELETE", PATH + "/any", type, body);

        // Then
        assertThat(post.statusCode()).as(post.body()).isEqualTo(403);
        assertThat(delete.statusCode()).isEqualTo(403);
        assertThat(alice.get(PATH).body()).doesNotContain("forged");
    }

    @Test
    void s03AGetChangesNothing() {
        // When
        int status = alice.get(PATH + "?name=forged&expiresIn=P1D").statusCode();

        // Then
        assertThat(status).isEqualTo(200);
        assertThat(alice.get(PATH).body()).doesNotContain("forged");
    }

    @Test
    void ourOwnPageMayChangeThings() {
        // When
        HttpResponse<String> response = bob.post(PATH, "{\"name\":\"honest\",\"expiresIn\":\"P1D\"}");

        // Then
        assertThat(response.statusCode()).isEqualTo(201);
    }

    @Test
    void aFormMayCarryTheTokenAsAField() {
        // Given
        Map<String, String> form = Map.of(CsrfTokens.FORM_FIELD, bob.header(CsrfTokens.HEADER), "name", "x");

        // When
        HttpResponse<String> response = bob.without(CsrfTokens.HEADER).form(PATH, form);

        // Then the check lets it through to the controller, which takes JSON only
        assertThat(response.statusCode()).isEqualTo(415);
    }

    @Test
    void aProgramWithATokenNeedsNoOriginButMustNotComeFromElsewhere() {
        // Given
        TestingClient program = service.program("paul", Role.DEVELOPER);

        // When
        int plain =
                program.post(PATH, "{\"name\":\"one\",\"expiresIn\":\"P1D\"}").statusCode();
        int foreign = program.with("Origin", "https://evil").post(PATH, BODY).statusCode();

        // Then
        assertThat(plain).isEqualTo(201);
        assertThat(foreign).isEqualTo(403);
    }

    @Test
    void s03NobodyIsSignedInByAnotherSitesForm() {
        // When
        int page = service.anonymous()
                .with("Origin", "https://evil")
                .form("/login", Map.of("name", "bob", "password", "password of bob"))
                .statusCode();
        int silent = service.anonymous()
                .form("/login", Map.of("name", "bob", "password", "password of bob"))
                .statusCode();
        int api = service.anonymous()
                .with("Sec-Fetch-Site", "cross-site")
                .post("/api/v1/login", "{\"name\":\"bob\",\"password\":\"password of bob\"}")
                .statusCode();

        // Then
        assertThat(page).isEqualTo(403);
        assertThat(silent).isEqualTo(403);
        assertThat(api).isEqualTo(403);
    }

    @Test
    void s04TwoSessionCookiesAreRefused() {
        // Given
        String own = alice.header("Cookie");
        String planted = TestingService.SESSION_COOKIE + "=planted";

        // When
        HttpResponse<String> first = alice.with("Cookie", planted + "; " + own).get("/api/v1/me");
        HttpResponse<String> second = alice.with("Cookie", own + "; " + planted).get("/api/v1/me");

        // Then
        assertThat(first.statusCode()).isEqualTo(400);
        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(second.body()).contains("two session cookies");
    }
}
