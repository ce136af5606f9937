package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.CapturedOutput;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.identity.WorkspaceTokens;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsIT {

    private static final String CANARY = "canary-7f3a9c";

    @TempDir
    static Path data;

    private static CapturedOutput output;
    private static TestingService service;

    @BeforeAll
    static void start() {
        output = new CapturedOutput();
        service = TestingService.start(data, Map.of("testing.workspace", "ws_own"));
    }

    @AfterAll
    static void stop() {
        service.close();
        output.close();
    }

    @Test
    void s08NoSecretIsInLogsAuditOrMetrics() {
        // Given
        TestingClient admin = service.signIn("root", Role.ADMIN);
        TestingClient nobody = service.anonymous();

        // When
        nobody.with("Authorization", "Bearer " + CANARY).get("/api/v1/me");
        nobody.with("Authorization", "Basic " + CANARY).get("/api/v1/me");
        nobody.with("Authorization", "Internal " + CANARY).get("/internal/ready");
        nobody.with("Cookie", TestingService.SESSION_COOKIE + "=" + CANARY).get("/api/v1/me");
        nobody.get("/api/v1/me?token=" + CANARY);
        nobody.with("Sec-WebSocket-Protocol", CANARY).get("/api/v1/me");
        nobody.post("/api/v1/login", "{\"name\":\"root\",\"password\":\"" + CANARY + "\"}");
        nobody.post("/api/v1/login", "{\"name\":\"" + CANARY + "\",\"password\":\"x\"}");
        nobody.post("/api/v1/login", "{\"name\":\"root\",\"password\":\"" + CANARY);
        admin.put("/api/v1/me/password", "{\"currentPassword\":\"" + CANARY + "\",\"newPassword\":\"12345678\"}");
        admin.with("X-CSRF-Token", CANARY).post("/api/v1/tokens", "{}");

        // Then
        assertThat(output.text()).contains("ready url=").doesNotContain(CANARY);
        assertThat(admin.get("/api/v1/audit?limit=1000").body())
                .contains("wrong_credentials")
                .doesNotContain(CANARY);
        assertThat(metrics()).contains("workspace_denials_total").doesNotContain(CANARY);
    }

    @Test
    void s08ATokenInTheAddressIsNoCredential() {
        // Given
        String token =
                service.program("paul", Role.DEVELOPER).header("Authorization").substring(7);

        // When
        int status = service.anonymous().get("/api/v1/me?token=" + token).statusCode();

        // Then
        assertThat(status).isEqualTo(401);
    }

    @Test
    void s29TheDatabaseHoldsNoSecretThatOpensADoor() {
        // Given
        TestingClient admin = service.signIn("root", Role.ADMIN);
        TestingClient program = service.program("paul", Role.DEVELOPER);
        String link = admin.send("POST", "/api/v1/users/paul:sign-in-link", null, null)
                .body()
                .replaceAll(".*/login/link/([^\"]+)\".*", "$1");

        // When
        List<String> dump = service.bean(Jdbi.class)
                .withHandle(handle ->
                        handle.createQuery("script").mapTo(String.class).list());

        // Then
        String all = String.join("\n", dump);
        String bearer = program.header("Authorization");
        assertThat(link).hasSize(43);
        assertThat(all)
                .contains("paul")
                .doesNotContain(bearer.substring(bearer.length() - 43))
                .doesNotContain(link)
                .doesNotContain(TestingService.passwordOf("paul"))
                .doesNotContain(admin.header("Cookie").substring(30));
    }

    @Test
    void s29AServersTokenMayOnlyDoWhatTheSdkNeeds() {
        // Given
        service.user("alice", Role.ADMIN);
        String token = service.bean(WorkspaceTokens.class).issue(new UserName("alice"), Role.ADMIN, "ws_own", 1);
        TestingClient server = service.anonymous().with("Authorization", "Bearer " + token);

        // When
        HttpResponse<String> me = server.get("/api/v1/me");

        // Then
        assertThat(me.body()).contains("\"kind\":\"workspace\"", "\"id\":\"ws_own\"", "\"slug\":\"exp\"");
        assertThat(server.get("/api/v1/users").statusCode()).isEqualTo(403);
        assertThat(server.get("/api/v1/tokens").statusCode()).isEqualTo(403);
        assertThat(server.post("/api/v1/tokens", "{\"name\":\"x\",\"expiresIn\":\"P1D\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.get("/").statusCode()).isEqualTo(403);
        assertThat(server.get("/internal/ready").statusCode()).isEqualTo(401);
    }

    @Test
    void s09AHugeOrNastyNameIsRefusedFastAndLeavesOneShortLine() {
        // Given
        int before = output.text().length();
        long start = System.nanoTime();

        // When
        int huge = login("a".repeat(8_000_000)).statusCode();
        int large = login("a".repeat(900_000)).statusCode();
        int nasty = login("root\\r\\n2026 INFO forged \\u001b[31m").statusCode();

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(huge).isEqualTo(413);
        assertThat(large).isEqualTo(400);
        assertThat(nasty).isEqualTo(401);
        assertThat(output.text().substring(before)).hasSizeLessThan(200).doesNotContain("forged", "\u001b");
        String audit =
                service.signIn("root", Role.ADMIN).get("/api/v1/audit.csv").body();
        assertThat(audit).doesNotContain("forged").doesNotContain("aaaa");
    }

    @Test
    void s30TheManagementSideIsOnItsOwnPort() {
        // Given
        TestingClient admin = service.signIn("root", Role.ADMIN);

        for (String path : List.of(
                "/env",
                "/beans",
                "/loggers",
                "/threaddump",
                "/refresh",
                "/stop",
                "/h2-console",
                "/swagger",
                "/metrics",
                "/healthz",
                "/health",
                "/routes",
                "/swagger/openapi.yml")) {
            // When
            HttpResponse<String> anonymous = service.anonymous().get(path);
            HttpResponse<String> drive = service.anonymous().send("POST", path, "text/plain", "{}");
            HttpResponse<String> signedIn = admin.get(path);

            // Then
            assertThat(anonymous.statusCode()).as(path).isEqualTo(401);
            assertThat(drive.statusCode()).as(path).isIn(401, 403);
            assertThat(signedIn.statusCode()).as(path).isEqualTo(404);
        }
        assertThat(metrics()).contains("jvm_memory_bytes_used", "workspace_service_requests_total{");
        assertThat(adminSide().get("/healthz").statusCode()).isEqualTo(200);
        assertThat(adminSide().get("/readyz").statusCode()).isEqualTo(200);
        assertThat(adminSide().get("/env").statusCode()).isEqualTo(404);
    }

    @Test
    void s07WhatIsRepeatedInARefusalCannotRun() {
        // Given
        String script = "%3Csvg%20onload=alert(1)%3E";
        TestingClient admin = service.signIn("root", Role.ADMIN);

        // When
        HttpResponse<String> notFound = admin.get("/api/v1/users/" + script);
        HttpResponse<String> page = admin.open("/" + script);
        HttpResponse<String> redirect =
                service.anonymous().open("/x?next=\"'>".replace("\"", "%22").replace(">", "%3E"));
        HttpResponse<String> type = admin.send("POST", "/api/v1/users", "text/'\"><svg onload>", "x");

        // Then
        for (HttpResponse<String> response : List.of(notFound, page, redirect, type)) {
            assertThat(response.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains("default-src 'self'", "frame-ancestors 'none'")
                            .doesNotContain("unsafe-inline"));
            assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
            assertThat(response.headers().firstValue("Server")).isEmpty();
            String contentType = response.headers().firstValue("Content-Type").orElse("");
            if (contentType.startsWith("text/html")) {
                assertThat(response.body()).doesNotContain("<svg onload");
            }
        }
        assertThat(notFound.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(redirect.headers().firstValue("Location"))
                .hasValueSatisfying(location ->
                        assertThat(location).startsWith("/login?next=%2Fx").doesNotContain("\"", ">"));
    }

    private static HttpResponse<String> login(String name) {
        return service.anonymous().post("/api/v1/login", "{\"name\":\"" + name + "\",\"password\":\"x\"}");
    }

    private static String metrics() {
        return adminSide().get("/metrics").body();
    }

    private static TestingClient adminSide() {
        return service.adminSide();
    }
}
