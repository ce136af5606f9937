package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong input of every kind gets a 4xx with a code and a sentence that helps, and changes nothing. */
class WrongInputIT {

    @TempDir
    static Path data;

    private static TestingService service;
    private static TestingClient admin;

    @BeforeAll
    static void start() {
        service = TestingService.start(data);
        admin = service.signIn("root", Role.ADMIN);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("{\"name\": \n  tru", 400, "bad_request", "line 2, column 3"),
                Arguments.of("{\"name\": {\"a\": 1}}", 400, "bad_request", "cannot be read"),
                Arguments.of("[1, 2]", 400, "bad_request", "cannot be read"),
                Arguments.of("\"text\"", 400, "bad_request", "cannot be read"),
                Arguments.of("null", 400, "bad_request", "no body"),
                Arguments.of("", 400, "bad_request", "no body"),
                Arguments.of("{}", 400, "invalid_field", "name: is missing"),
                Arguments.of("{\"nmae\": \"bob\"}", 400, "invalid_field", "nmae: is not known here"),
                Arguments.of("{\"name\": \"Bob\", \"role\": \"viewer\"}", 400, "invalid_field", "lower-case"),
                Arguments.of("{\"name\": \"bob\", \"role\": \"root\"}", 400, "invalid_field", "admin, developer or"),
                Arguments.of("[".repeat(100_000), 400, "bad_request", "cannot be read"),
                Arguments.of("{\"name\":".repeat(5_000), 400, "bad_request", "cannot be read"),
                Arguments.of(
                        "{\"name\": \"" + "a".repeat(5_000) + "\", \"role\": \"viewer\"}",
                        400,
                        "invalid_field",
                        "2 to 32"),
                Arguments.of("{\"name\": \"" + "a".repeat(8_000_000) + "\"}", 413, "too_large", "1 MB"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aWrongBodyIsExplained(String body, int status, String code, String sentence) {
        // When
        HttpResponse<String> response = admin.post("/api/v1/users", body);

        // Then
        assertProblem(response, status, code, sentence);
        assertThat(service.signIn("root", Role.ADMIN).get("/api/v1/users").body())
                .doesNotContain("\"bob\"");
    }

    static Stream<Arguments> requests() {
        String longPath = "/api/v1/users/" + "a".repeat(5_000);
        return Stream.of(
                Arguments.of("GET", "/api/v1/nothing", null, 404, "not_found", "nothing at this address"),
                Arguments.of("PUT", "/api/v1/users", "application/json", 405, "method_not_allowed", "Allow"),
                Arguments.of("POST", "/api/v1/users", "text/plain", 415, "unsupported_media_type", "application/json"),
                Arguments.of("POST", "/api/v1/users", "'\"><svg onload>", 400, "bad_request", "JSON"),
                Arguments.of("GET", "/api/v1/audit?limit=abc", null, 400, "invalid_field", "limit: "),
                Arguments.of("GET", "/api/v1/audit?limit=5000", null, 400, "invalid_field", "1 to 1000"),
                Arguments.of("GET", "/api/v1/users/%ff%fe", null, 404, "not_found", "There is no user"),
                Arguments.of("GET", "/api/v1/users/%00", null, 404, "not_found", "There is no user \\\"?\\\""),
                Arguments.of("GET", longPath, null, 413, "too_large", "too long"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aWrongRequestIsExplained(
            String method, String path, String contentType, int status, String code, String sentence) {
        // When
        HttpResponse<String> response = admin.send(method, path, contentType, contentType == null ? null : "hello");

        // Then
        assertProblem(response, status, code, sentence);
    }

    @Test
    void textIsNotTakenForABoolean() {
        // Given
        service.user("mallory", Role.VIEWER);
        admin.patch("/api/v1/users/mallory", "{\"disabled\": true}");

        // When
        HttpResponse<String> response = admin.patch("/api/v1/users/mallory", "{\"disabled\": \"perhaps\"}");

        // Then
        assertProblem(response, 400, "bad_request", "cannot be read");
        assertThat(admin.get("/api/v1/users/mallory").body()).contains("\"disabled\":true");
    }

    @Test
    void anOverlongHeaderIsExplained() {
        // When
        HttpResponse<String> response = admin.with("X-Long", "a".repeat(20_000)).get("/api/v1/me");

        // Then
        assertProblem(response, 413, "too_large", "header");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code, String sentence) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("\"code\":\"" + code + "\"").contains(sentence);
        assertThat(response.body()).hasSizeLessThan(6_000).doesNotContain("io.benchtop", "Exception");
    }
}
