package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import io.benchtop.service.spawn.local.FakeEnvironment;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page for everybody, and every link on every page. */
class EveryPageIT {

    private static final Pattern LINK = Pattern.compile("<(?:a|link|script|img)\\b[^>]*?(?:href|src)=\"([^\"#]+)\"");
    private static final Pattern PART = Pattern.compile("hx-get=\"([^\"]+)\"");

    @TempDir
    static Path data;

    private static TestingService service;

    @BeforeAll
    static void start() {
        FakeEnvironment.prepare(data);
        service = TestingService.start(data, Map.of("testing.fake-model-gate", "true"));
        for (Role role : new Role[] {Role.DEVELOPER, Role.ADMIN}) {
            service.signIn(role.code(), role).form("/workspaces", Map.of("displayName", "Of " + role.code()));
        }
        TestingClient developer = service.signIn("developer", Role.DEVELOPER);
        developer.form("/datasets", Map.of("name", "demo/shared", "description", "", "readers", "*"));
        developer.form("/datasets", Map.of("name", "demo/own", "description", "", "readers", ""));
        developer.post("/api/v1/models", "{\"name\":\"shared\",\"readers\":[\"*\"]}");
        developer.post("/api/v1/models", "{\"name\":\"own\"}");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, 200, 200, 200",
        "/workspaces/new, 403, 200, 200",
        "/workspaces/list, 200, 200, 200",
        "/workspaces/home, 303, 303, 303",
        "/workspaces/logout, 200, 200, 200",
        "/workspaces/spawn/developer/of-developer, 404, 200, 404",
        "/experiments, 200, 200, 200",
        "/experiments/0, 403, 200, 200",
        "/experiments/1, 404, 404, 404",
        "/experiments/0/compare, 403, 200, 200",
        "/experiments/1/compare, 404, 404, 404",
        "/experiments/1/runs/none, 404, 404, 404",
        "/experiments/1/runs/none/files, 404, 404, 404",
        "/experiments/1/runs/none/files/download?path=a, 404, 404, 404",
        "/experiments/1/runs/none/files/image?path=a.png, 404, 404, 404",
        "/mlflow/, 303, 303, 303",
        "/datasets, 200, 200, 200",
        "/datasets/new, 403, 200, 200",
        "/datasets/demo/shared, 200, 200, 200",
        "/datasets/demo/shared?version=9, 404, 404, 404",
        "/datasets/demo/shared/upload, 403, 200, 200",
        "/datasets/demo/shared/delete, 403, 200, 200",
        "/datasets/demo/own, 404, 200, 200",
        "/datasets/demo/own/delete, 404, 200, 200",
        "/datasets/demo/none, 404, 404, 404",
        "/datasets/Demo/NONE, 404, 404, 404",
        "/datasets/demo/none/upload, 404, 404, 404",
        "/datasets/demo/none/files/download?version=1&path=a, 404, 404, 404",
        "/datasets/demo/none/files/image?version=1&path=a.png, 404, 404, 404",
        "/models, 200, 200, 200",
        "/models?search=own, 200, 200, 200",
        "/models/shared, 200, 200, 200",
        "/models/shared/delete, 403, 200, 200",
        "/models/shared/0.0.1, 404, 404, 404",
        "/models/shared/production, 404, 404, 404",
        "/models/shared/0.0.1/delete, 404, 404, 404",
        "/models/shared/0.0.1/files/download?path=a, 404, 404, 404",
        "/models/own, 404, 200, 200",
        "/models/own/delete, 404, 200, 200",
        "/models/none, 404, 404, 404",
        "/models/con, 404, 404, 404",
        "/models/none/0.0.1, 404, 404, 404",
        "/endpoints, 200, 200, 200",
        "/endpoints/none, 404, 404, 404",
        "/endpoints/NONE, 404, 404, 404",
        "/endpoints/none/live, 404, 404, 404",
        "/endpoints/none/trials/1, 404, 404, 404",
        "/endpoints/none/delete, 403, 404, 404",
        "/settings, 200, 200, 200",
        "/admin/users, 403, 403, 200",
        "/admin/profiles, 403, 403, 200",
        "/admin/profiles/new, 403, 403, 200",
        "/admin/profiles/standard, 403, 403, 200",
        "/admin/profiles/standard/delete, 403, 403, 200",
        "/admin/workspaces, 403, 403, 200",
        "/admin/workspaces/list, 403, 403, 200",
        "/admin/audit, 403, 403, 200",
        "/admin/status, 403, 403, 200",
        "/nowhere, 404, 404, 404",
    })
    void everyPageKnowsWhoMaySeeIt(String path, int viewer, int developer, int admin) {
        // Then
        HttpResponse<String> anonymous = service.anonymous().open(path);
        assertThat(anonymous.statusCode()).isEqualTo(303);
        assertThat(anonymous.headers().firstValue("Location").orElseThrow()).startsWith("/login");
        assertThat(status(Role.VIEWER, path)).isEqualTo(viewer);
        assertThat(status(Role.DEVELOPER, path)).isEqualTo(developer);
        assertThat(status(Role.ADMIN, path)).isEqualTo(admin);
    }

    @ParameterizedTest
    @EnumSource
    void everyLinkLeadsSomewhere(Role role) {
        // Given
        TestingClient browser = service.signIn(role.code(), role);
        Set<String> known = new LinkedHashSet<>(Set.of("/"));
        Deque<String> toVisit = new ArrayDeque<>(known);

        // When
        while (!toVisit.isEmpty()) {
            String path = toVisit.removeFirst();
            HttpResponse<String> page = path.startsWith("/api/") ? browser.get(path) : browser.open(path);

            // Then
            assertThat(page.statusCode()).as(path).isIn(200, 204, 303);
            for (Pattern pattern : new Pattern[] {LINK, PART}) {
                pattern.matcher(page.body())
                        .results()
                        .map(match -> match.group(1))
                        .forEach(link -> {
                            String next = link.replace("&amp;", "&");
                            if (next.startsWith("/") && !next.contains("before=") && known.add(next)) {
                                toVisit.add(next);
                            }
                        });
            }
        }
        assertThat(known).hasSizeGreaterThan(role == Role.VIEWER ? 5 : 10);
    }

    @Test
    void whatIsNotThereIsAPageForPeopleAndAProblemForPrograms() {
        // Given
        TestingClient browser = service.signIn("viewer", Role.VIEWER);

        // Then
        assertThat(browser.open("/workspaces/ws_aaaaaaaaaaaa").body())
                .contains("<h1>Not found</h1>", "id=\"error-detail\"", "not_found");
        assertThat(browser.open("/nowhere").body()).contains("<h1>Not found</h1>");
        assertThat(browser.with("Accept", "application/json").get("/nowhere").body())
                .contains("\"code\":\"not_found\"");
    }

    private static int status(Role role, String path) {
        return service.signIn(role.code(), role).open(path).statusCode();
    }
}
