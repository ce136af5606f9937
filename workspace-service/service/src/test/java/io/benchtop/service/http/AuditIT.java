package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.audit.AuditHistory;
import io.benchtop.service.audit.AuditQuery;
import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.AuditVerification;
import io.benchtop.service.identity.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S46: the audit log. */
class AuditIT {

    @TempDir
    Path data;

    @TempDir
    Path shared;

    private TestingService service;
    private TestingClient admin;

    @BeforeEach
    void start() {
        service = TestingService.start(data, Map.of("benchtop.data-folders", shared.toString()));
        admin = service.signIn("root", Role.ADMIN);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void s46EveryDenialLeavesOneRow() {
        // Given
        TestingClient viewer = service.signIn("vic", Role.VIEWER).from("203.0.113.9");
        TestingClient stranger = service.anonymous().from("203.0.113.9");
        long before = newest();

        // When
        viewer.get("/api/v1/users");
        assertRow(before + 1, "vic", "GET /api/v1/users", "forbidden");
        viewer.without("X-CSRF-Token").post("/api/v1/tokens", "{}");
        assertRow(before + 2, "anonymous", "POST /api/v1/tokens", "csrf_token_missing");
        viewer.with("Origin", "https://evil").post("/api/v1/tokens", "{}");
        assertRow(before + 3, "anonymous", "POST /api/v1/tokens", "cross_origin");
        viewer.delete("/api/v1/tokens/notmine");
        assertRow(before + 4, "vic", "DELETE /api/v1/tokens/notmine", "not_found");
        stranger.with("Authorization", "Bearer bt_x").get("/api/v1/me");
        assertRow(before + 5, "anonymous", "GET /api/v1/me", "unauthenticated");
        stranger.post("/api/v1/login", "{\"name\":\"vic\",\"password\":\"wrong\"}");
        assertRow(before + 6, "anonymous", "user/vic", "wrong_credentials");

        // Then
        assertThat(newest()).isEqualTo(before + 6);
        assertThat(new AuditVerification(service.bean(AuditHistory.class)).firstBroken())
                .isEmpty();
    }

    @Test
    void s46EveryActOfAnAdministratorLeavesOneRow() {
        // Given
        long before = newest();

        // When
        admin.post("/api/v1/users", "{\"name\":\"bob\",\"role\":\"viewer\"}");
        admin.patch("/api/v1/users/bob", "{\"role\":\"developer\"}");
        admin.send("POST", "/api/v1/users/bob:sign-in-link", null, null);
        admin.patch("/api/v1/users/bob", "{\"disabled\":true}");
        admin.patch("/api/v1/users/bob", "{\"disabled\":true}");

        // Then
        assertThat(service.bean(AuditHistory.class).after(before, 10))
                .extracting(row -> row.event().actor() + " " + row.event().action() + " "
                        + row.event().object() + " " + row.event().detail())
                .containsExactly(
                        "root user.create user/bob role viewer",
                        "root user.change-role user/bob viewer to developer",
                        "root sign-in-link.create user/bob for set-password",
                        "root user.disable user/bob ");
    }

    @Test
    void s46EveryActOnDataLeavesOneRow() throws IOException {
        // Given
        Files.writeString(shared.resolve("orders.csv"), "id\n1\n");
        TestingClient viewer = service.signIn("vic", Role.VIEWER);
        long before = newest();

        // When
        admin.post(
                "/api/v1/connections",
                "{\"name\":\"shop\",\"kind\":\"folder\",\"settings\":{\"path\":\"" + shared + "\"}}");
        admin.post(
                "/api/v1/datasets",
                "{\"name\":\"shop/orders\",\"source\":{\"kind\":\"files\",\"connection\":\"shop\",\"path\":\"\"}}");
        admin.patch("/api/v1/datasets/shop/orders", "{\"readers\":[\"vic\"]}");
        viewer.delete("/api/v1/datasets/shop/orders");
        viewer.get("/api/v1/datasets/shop/others");
        viewer.post("/api/v1/connections/shop:test", "{}");
        admin.delete("/api/v1/datasets/shop/orders");
        admin.delete("/api/v1/connections/shop");

        // Then
        assertThat(service.bean(AuditHistory.class).after(before, 20))
                .extracting(row -> row.event().actor() + " " + row.event().action() + " "
                        + row.event().object() + " " + row.event().result())
                .containsExactly(
                        "root connection.create connection/shop ok",
                        "root dataset.create dataset/shop/orders ok",
                        "root dataset.change dataset/shop/orders ok",
                        "vic request.denied DELETE /api/v1/datasets/shop/orders forbidden",
                        "vic request.denied GET /api/v1/datasets/shop/others not_found",
                        "vic request.denied POST /api/v1/connections/shop:test not_found",
                        "root dataset.delete dataset/shop/orders ok",
                        "root connection.remove connection/shop ok");
    }

    @Test
    void s46NobodyCanChangeOrDeleteIt() {
        for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
            assertThat(admin.send(method, "/api/v1/audit", "application/json", "{}")
                            .statusCode())
                    .isEqualTo(405);
            assertThat(admin.send(method, "/api/v1/audit/1", "application/json", "{}")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void s46TheExportRunsNoFormula() {
        // Given
        String id = admin.post("/api/v1/tokens", "{\"name\":\"=cmd|' /C calc'!A0\",\"expiresIn\":\"P1D\"}")
                .body()
                .replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        admin.delete("/api/v1/tokens/" + id);

        // When
        HttpResponse<String> csv = admin.get("/api/v1/audit.csv");

        // Then
        assertThat(csv.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
        assertThat(csv.body()).contains(",'=cmd|' /C calc'!A0,").doesNotContain(",=cmd");
        assertThat(csv.body().lines()).hasSizeGreaterThan(3).allMatch(line -> line.split(",").length >= 8);
    }

    @Test
    void anExportIsWholeHoweverLong() {
        // Given
        for (int i = 0; i < 1_200; i++) {
            service.bean(AuditTrail.class).done("system", "", "test", "object/" + i, "");
        }

        // When
        String csv = admin.get("/api/v1/audit.csv").body();

        // Then
        assertThat(csv.lines().count()).isEqualTo(newest() + 1);
        assertThat(csv).contains("object/0,", "object/1199,");
    }

    @Test
    void aFloodOfDenialsDoesNotFillTheLog() {
        // Given
        TestingClient stranger = service.anonymous().with("Authorization", "Bearer bt_x");
        long before = newest();

        // When
        for (int i = 0; i < 100; i++) {
            assertThat(stranger.get("/api/v1/me").statusCode()).isEqualTo(401);
        }

        // Then
        assertThat(newest() - before).isEqualTo(30);
        assertThat(service.adminSide().get("/metrics").body())
                .contains("workspace_denials_total{code=\"unauthenticated\",} 100.0");
    }

    @Test
    void pagesOfTheLogFollowOneAnother() {
        // Given
        for (int i = 0; i < 5; i++) {
            admin.get("/api/v1/users/nobody-" + i);
        }

        // When
        String first = admin.get("/api/v1/audit?limit=2&action=request.denied").body();
        String before = first.replaceAll(".*\"before\":\"(\\d+)\".*", "$1");
        String second = admin.get("/api/v1/audit?limit=2&action=request.denied&before=" + before)
                .body();

        // Then
        assertThat(first).contains("nobody-4", "nobody-3").doesNotContain("nobody-2");
        assertThat(second).contains("nobody-2", "nobody-1").doesNotContain("nobody-0");
    }

    private long newest() {
        return service.bean(AuditHistory.class)
                .newestFirst(new AuditQuery(null, 1, null, null))
                .getFirst()
                .id();
    }

    private void assertRow(long id, String actor, String object, String result) {
        var row = service.bean(AuditHistory.class)
                .newestFirst(new AuditQuery(null, 1, null, null))
                .getFirst();
        assertThat(row.id()).isEqualTo(id);
        assertThat(row.event().actor()).isEqualTo(actor);
        assertThat(row.event().object()).isEqualTo(object);
        assertThat(row.event().result()).isEqualTo(result);
        assertThat(row.event().address()).isEqualTo("203.0.113.9");
    }
}
