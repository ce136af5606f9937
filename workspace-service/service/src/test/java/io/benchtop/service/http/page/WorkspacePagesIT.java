package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.http.CsrfTokens;
import io.benchtop.service.identity.Role;
import io.benchtop.service.spawn.local.FakeEnvironment;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspacePagesIT {

    private static final Pattern ID = Pattern.compile("ws_[a-z2-7]{12}");

    @TempDir
    static Path data;

    private static TestingService service;

    @BeforeAll
    static void start() {
        FakeEnvironment.prepare(data);
        service = TestingService.start(data, Map.of("benchtop.workspaces.look-every", "500ms"));
    }

    @AfterAll
    static void stop() {
        service.internal().post("/internal/servers:stop-all", "{}");
        service.close();
    }

    @Test
    void aPersonWithoutWorkspaceIsToldWhatToDo() {
        assertThat(service.signIn("newcomer", Role.DEVELOPER).open("/").body())
                .contains("id=\"no-workspaces\"", "Make your first workspace");
        assertThat(service.signIn("guest", Role.VIEWER).open("/").body())
                .contains("id=\"no-workspaces\"", "Your role is viewer")
                .doesNotContain("/workspaces/new");
    }

    @Test
    void aWorkspaceIsMadeStartedWatchedStoppedAndDeleted() {
        // Given
        TestingClient alice = service.signIn("alice", Role.DEVELOPER);
        String form = alice.open("/workspaces/new").body();
        String key = find(Pattern.compile("name=\"key\" value=\"([^\"]+)\""), form);

        // When
        Map<String, String> fields = Map.of("displayName", "Churn model", "start", "true", "key", key);
        HttpResponse<String> made = alice.form("/workspaces", fields);
        HttpResponse<String> madeAgain = alice.form("/workspaces", fields);

        // Then
        String start = location(made);
        assertThat(start).isEqualTo("/workspaces/spawn/alice/churn-model").isEqualTo(location(madeAgain));
        await(
                alice,
                start + "/progress",
                body -> body.contains("data-state=\"RUNNING\" ") && body.contains("data-arrived=\"true\""));
        assertThat(location(alice.open(start))).isEqualTo("/user/alice/churn-model/lab");
        assertThat(location(alice.open(start + "?next=%2Fuser%2Falice%2Fchurn-model%2Flab%2Ftree%2Fa.ipynb")))
                .isEqualTo("/user/alice/churn-model/lab/tree/a.ipynb");
        assertThat(location(alice.open(start + "?next=%2F%2Fevil.example"))).isEqualTo("/user/alice/churn-model/lab");

        // When
        String id = find(ID, alice.open("/").body());
        HttpResponse<String> list =
                alice.with("HX-Request", "true").form("/workspaces/" + id + "/stop", Map.of("from", "/"));

        // Then
        assertThat(list.body()).startsWith("<div id=\"workspaces\"").contains("data-state=\"STOPPING\"");
        await(alice, "/workspaces/list", body -> body.contains("data-state=\"STOPPED\""));
        assertThat(alice.open("/workspaces/" + id + "/delete").body()).contains("kept/alice/churn-model-" + id);

        // When
        HttpResponse<String> undecided = alice.form("/workspaces/" + id + "/delete", Map.of("files", ""));
        HttpResponse<String> deleted = alice.form("/workspaces/" + id + "/delete", Map.of("files", "keep"));

        // Then
        assertThat(undecided.statusCode()).isEqualTo(400);
        assertThat(location(deleted)).isEqualTo("/?done=deleted-kept");
        await(alice, "/workspaces/list", body -> !body.contains(id));
        assertThat(data.resolve("kept/alice/churn-model-" + id)).exists();
    }

    @Test
    void aListThatIsStillTrueIsNotSentAgain() {
        // Given
        TestingClient idle = service.signIn("idle", Role.DEVELOPER);
        idle.form("/workspaces", Map.of("displayName", "Quiet"));

        // When
        String seen = find(
                Pattern.compile("/workspaces/list\\?seen=([0-9a-f]+)"),
                idle.open("/").body());

        // Then
        assertThat(idle.with("HX-Request", "true")
                        .get("/workspaces/list?seen=" + seen)
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void aFailedStartSaysWhyAndOffersToTryAgain() throws IOException {
        // Given
        TestingClient fred = service.signIn("fred", Role.DEVELOPER);
        fred.form("/workspaces", Map.of("displayName", "Broken"));
        Files.createDirectories(data.resolve("homes/fred/broken"));
        Files.writeString(data.resolve("homes/fred/broken/behaviour"), "exit 3");

        // When
        fred.form("/workspaces/spawn/fred/broken", Map.of("next", "/user/fred/broken/lab/tree/x"));

        // Then
        String page = await(fred, "/workspaces/spawn/fred/broken", body -> body.contains("data-reason=\"EXITED\""));
        assertThat(page)
                .contains("<h1>Broken failed</h1>", "about to exit as told", "Try again", "id=\"start-button\"");
        assertThat(fred.open("/").body()).contains("data-state=\"FAILED\"", "See what happened");
    }

    @Test
    void s03LookingAtAStartPageStartsNothing() {
        // Given
        TestingClient lena = service.signIn("lena", Role.DEVELOPER);
        lena.form("/workspaces", Map.of("displayName", "Still"));

        // When
        String page = lena.open("/workspaces/spawn/lena/still").body();
        String fromJupyterLab = lena.with("Sec-Fetch-Site", "same-origin")
                .open("/workspaces/spawn/lena/still")
                .body();
        HttpResponse<String> forged =
                lena.without(CsrfTokens.HEADER).form("/workspaces/spawn/lena/still", Map.of("next", "x"));

        // Then
        assertThat(page).contains("Still is stopped", "id=\"start-button\"").doesNotContain("data-submit-now");
        assertThat(fromJupyterLab).contains("data-submit-now");
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(lena.open("/").body()).contains("data-state=\"STOPPED\"");
    }

    @Test
    void aWorkspaceIsRenamedAndGivenAnotherProfile() {
        // Given
        TestingClient rena = service.signIn("rena", Role.DEVELOPER);
        rena.form("/workspaces", Map.of("displayName", "Before"));
        String page = "/workspaces/" + find(ID, rena.open("/").body());

        // When
        HttpResponse<String> renamed = rena.form(page + "/rename", Map.of("displayName", "After"));
        HttpResponse<String> nameless = rena.form(page + "/rename", Map.of("displayName", " "));
        HttpResponse<String> tooLong = rena.form(page + "/rename", Map.of("displayName", "x".repeat(5000)));
        HttpResponse<String> unknown = rena.form(page + "/profile", Map.of("profile", "enormous"));

        // Then
        assertThat(location(renamed)).isEqualTo(page + "?done=renamed");
        assertThat(rena.open(page + "?done=renamed").body())
                .contains("<h1>After</h1>", "Renamed.", "data-state=\"STOPPED\"");
        assertThat(nameless.body()).contains("id=\"displayName-error\"");
        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("There is no such profile");
    }

    @Test
    void s07AHostileNameIsTextOnEveryPage() {
        // Given
        String attack = "'\"><svg onload>";
        TestingClient mallory = service.signIn("mallory", Role.ADMIN);
        mallory.form("/workspaces", Map.of("displayName", attack));
        String page = "/workspaces/" + find(ID, mallory.open("/").body());

        // Then
        for (String path : new String[] {"/", page, page + "/delete", page + "/log", "/admin/workspaces"}) {
            assertThat(mallory.open(path).body())
                    .as(path)
                    .contains("svg onload")
                    .doesNotContain("<svg onload");
        }
        HttpResponse<String> missing = mallory.open("/workspaces/%27%22%3E%3Csvg%20onload%3E");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).doesNotContain("<svg onload");
    }

    @Test
    void anotherPersonsWorkspaceDoesNotExistButForAdministrators() {
        // Given
        TestingClient owner = service.signIn("owner", Role.DEVELOPER);
        owner.form("/workspaces", Map.of("displayName", "Mine"));
        String page = "/workspaces/" + find(ID, owner.open("/").body());
        TestingClient other = service.signIn("other", Role.DEVELOPER);
        TestingClient admin = service.signIn("chief", Role.ADMIN);

        // Then
        assertThat(other.open(page).statusCode()).isEqualTo(404);
        assertThat(other.open("/workspaces/spawn/owner/mine").statusCode()).isEqualTo(404);
        assertThat(other.form(page + "/delete", Map.of("files", "delete")).statusCode())
                .isEqualTo(404);
        assertThat(admin.open("/admin/workspaces").body()).contains("owner · ", "Mine");
        assertThat(admin.open(page).body()).contains("<h1>Mine</h1>").doesNotContain("id=\"rename\"");
        assertThat(admin.open("/workspaces/spawn/owner/mine").statusCode()).isEqualTo(404);
    }

    private static String await(TestingClient client, String path, Predicate<String> condition) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> client.open(path).body(), condition);
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(matcher.groupCount());
    }
}
