package io.benchtop.service.http.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.identity.WorkspaceTokens;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tracking by hand; MLflow's own client walks through it in workspace-service/e2e. */
class TrackingIT {

    private static final String API = "/mlflow/api/2.0/mlflow/";

    @TempDir
    static Path data;

    private static TestingService service;
    private static TestingClient alice;

    @BeforeAll
    static void start() {
        service = TestingService.start(data, Map.of("testing.fake-spawner", "true"));
        alice = service.program("alice", Role.DEVELOPER);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static JsonObject ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private static String run(TestingClient client) {
        return ok(client.post(API + "runs/create", "{\"experiment_id\":\"0\",\"start_time\":1}"))
                .getAsJsonObject("run")
                .getAsJsonObject("info")
                .get("run_id")
                .getAsString();
    }

    @Test
    void everybodyHasADefaultExperimentOfTheirOwn() {
        // Given
        TestingClient bob = service.program("bob", Role.DEVELOPER);

        // When
        JsonObject ofAlice =
                ok(alice.get(API + "experiments/get?experiment_id=0")).getAsJsonObject("experiment");
        JsonObject ofBob = ok(bob.get(API + "experiments/get-by-name?experiment_name=Default"))
                .getAsJsonObject("experiment");

        // Then
        assertThat(ofAlice.get("name").getAsString()).isEqualTo("Default");
        assertThat(ofAlice.get("experiment_id")).isNotEqualTo(ofBob.get("experiment_id"));
        assertThat(bob.get(API + "experiments/get?experiment_id="
                                + ofAlice.get("experiment_id").getAsString())
                        .statusCode())
                .isEqualTo(404);
        assertThat(service.program("root", Role.ADMIN)
                        .get(API + "experiments/get?experiment_id="
                                + ofAlice.get("experiment_id").getAsString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aRunOfSomebodyElseIsNotThere() {
        // Given
        String run = run(alice);
        TestingClient bob = service.program("bob", Role.DEVELOPER);

        // Then
        assertThat(bob.get(API + "runs/get?run_id=" + run).statusCode()).isEqualTo(404);
        assertThat(bob.post(API + "runs/log-metric", "{\"run_id\":\"" + run + "\",\"key\":\"a\",\"value\":1}")
                        .body())
                .contains("\"error_code\":\"RESOURCE_DOES_NOT_EXIST\"", "There is no run");
        assertThat(service.program("root", Role.ADMIN)
                        .post(API + "runs/delete", "{\"run_id\":\"" + run + "\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(service.program("vic", Role.VIEWER)
                        .post(API + "runs/create", "{}")
                        .body())
                .contains("PERMISSION_DENIED", "needs the role developer");
        assertThat(service.anonymous().get(API + "runs/get?run_id=" + run).body())
                .contains("\"error_code\":\"UNAUTHENTICATED\"");
    }

    @Test
    void aRunOfAWorkspaceSaysWhichOne() {
        // Given
        String workspace = ok(alice.post("/api/v1/workspaces", "{\"displayName\":\"Iris\",\"start\":true}"))
                .get("id")
                .getAsString();
        String token = service.bean(WorkspaceTokens.class).issue(new UserName("alice"), Role.DEVELOPER, workspace, 1);
        TestingClient inside = service.anonymous().with("Authorization", "Bearer " + token);

        // When
        HttpResponse<String> created = inside.post(API + "runs/create", "{\"run_name\":\"from a notebook\"}");

        // Then
        assertThat(created.body())
                .contains("{\"key\":\"benchtop.workspace\",\"value\":\"" + workspace + "\"}")
                .contains("{\"key\":\"mlflow.user\",\"value\":\"alice\"}")
                .contains("\"run_name\":\"from a notebook\"");
    }

    @Test
    void numbersThatJsonHasNoSignForComeAndGo() {
        // Given
        String run = run(alice);

        // When
        ok(alice.post(
                API + "runs/log-batch",
                "{\"run_id\":\"" + run + "\",\"metrics\":[{\"key\":\"nan\",\"value\":NaN,\"timestamp\":1,\"step\":0},"
                        + "{\"key\":\"inf\",\"value\":\"-Infinity\",\"timestamp\":\"2\",\"step\":\"3\"}]}"));

        // Then
        assertThat(alice.get(API + "runs/get?run_uuid=" + run).body())
                .contains("{\"key\":\"inf\",\"value\":\"-Infinity\",\"timestamp\":2,\"step\":3}")
                .contains("{\"key\":\"nan\",\"value\":\"NaN\",\"timestamp\":1,\"step\":0}");
    }

    @Test
    void listsAreGivenPageByPage() {
        // Given
        String experiment = ok(alice.post(API + "experiments/create", "{\"name\":\"pages\"}"))
                .get("experiment_id")
                .getAsString();
        for (int number = 0; number < 3; number++) {
            ok(alice.post(
                    API + "runs/create",
                    "{\"experiment_id\":\"" + experiment + "\",\"run_name\":\"run " + number + "\",\"start_time\":"
                            + number + "}"));
        }
        String query = "{\"experiment_ids\":[\"" + experiment + "\"],\"max_results\":2,\"page_token\":\"%s\"}";

        // When
        JsonObject first = ok(alice.post(API + "runs/search", query.formatted("")));
        JsonObject second = ok(alice.post(
                API + "runs/search",
                query.formatted(first.get("next_page_token").getAsString())));

        // Then
        assertThat(first.getAsJsonArray("runs").toString())
                .contains("run 2", "run 1")
                .doesNotContain("run 0");
        assertThat(second.getAsJsonArray("runs").toString()).contains("run 0").doesNotContain("run 1");
        assertThat(second.has("next_page_token")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "experiments/create;{};400;INVALID_PARAMETER_VALUE;name: is missing",
                "experiments/create;{\"name\":[1]};400;INVALID_PARAMETER_VALUE;name: must be a text",
                "experiments/create;not json;400;BAD_REQUEST;must be a JSON object",
                "experiments/create;[];400;BAD_REQUEST;must be a JSON object",
                "experiments/create;{\"name\":\"Default\"};400;RESOURCE_ALREADY_EXISTS;You have an experiment",
                "experiments/delete;{\"experiment_id\":\"0\"};400;BAD_REQUEST;cannot be deleted",
                "experiments/delete;{\"experiment_id\":\"42\"};404;RESOURCE_DOES_NOT_EXIST;There is no experiment",
                "experiments/search;{\"filter\":\"colour = 'red'\"};400;INVALID_PARAMETER_VALUE;experiments are searched by",
                "experiments/search;{\"max_results\":0};400;INVALID_PARAMETER_VALUE;between 1 and 50000",
                "runs/search;{\"filter\":\"metrics.a > 'x'\"};400;INVALID_PARAMETER_VALUE;at character 13",
                "runs/search;{\"page_token\":\"!\"};400;INVALID_PARAMETER_VALUE;page_token",
                "runs/update;{\"run_id\":\"%s\",\"status\":\"DONE\"};400;INVALID_PARAMETER_VALUE;status: must be one of",
                "runs/log-metric;{\"run_id\":\"%s\",\"key\":\"a\",\"value\":\"many\"};400;INVALID_PARAMETER_VALUE;must be a number",
                "runs/log-metric;{\"run_id\":\"%s\",\"key\":\"../a\",\"value\":1};400;INVALID_PARAMETER_VALUE;the path of a file",
                "runs/log-metric;{\"run_id\":\"nope\",\"key\":\"a\",\"value\":1};404;RESOURCE_DOES_NOT_EXIST;There is no run",
                "runs/log-parameter;{\"run_id\":\"%s\",\"key\":\"a\"};400;INVALID_PARAMETER_VALUE;value: is missing",
                "runs/delete-tag;{\"run_id\":\"%s\",\"key\":\"none\"};404;RESOURCE_DOES_NOT_EXIST;There is no tag",
                "experiments/set-experiment-tag;{\"experiment_id\":\"0\",\"key\":\"a\"};400;INVALID_PARAMETER_VALUE;value: is missing",
                "runs/log-metric;{\"run_id\":\"%s\",\"key\":\"a\",\"value\":1,\"model_id\":\"x\"};400;INVALID_PARAMETER_VALUE;the id of a logged model",
                "runs/log-metric;{\"run_id\":\"%s\",\"key\":\"a\",\"value\":1,\"model_id\":\"m-00000000000000000000000000000000\"};404;RESOURCE_DOES_NOT_EXIST;There is no logged model",
                "runs/log-inputs;{\"run_id\":\"%s\",\"models\":[{\"model_id\":\"x\"}]};400;INVALID_PARAMETER_VALUE;the id of a logged model",
                "runs/log-model;{\"run_id\":\"%s\",\"model_json\":\"[]\"};400;INVALID_PARAMETER_VALUE;must be a JSON object",
                "runs/log-model;{\"run_id\":\"%s\",\"model_json\":\"{}\"};400;INVALID_PARAMETER_VALUE;must have the fields",
                "logged-models/search;{\"datasets\":[{\"dataset_digest\":\"1\"}]};400;INVALID_PARAMETER_VALUE;each needs a dataset_name",
                "logged-models/search;{\"order_by\":[{\"field_name\":\"colour\"}]};400;INVALID_PARAMETER_VALUE;nothing that logged models are ordered by",
                "logged-models/search;{\"order_by\":[{\"field_name\":\"name\",\"ascending\":\"up\"}]};400;INVALID_PARAMETER_VALUE;true or false",
                "logged-models/search;{\"filter\":\"metrics.a LIKE 1\"};400;INVALID_PARAMETER_VALUE;must be one of",
                "runs/frobnicate;{};404;RESOURCE_DOES_NOT_EXIST;",
            })
    void saysWhatIsWrongInMlflowsForm(String path, String body, int status, String code, String words) {
        // Given
        ok(alice.get(API + "experiments/get?experiment_id=0"));

        // When
        HttpResponse<String> refused = alice.post(API + path, body.replace("%s", run(alice)));

        // Then
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        assertThat(refused.body()).contains("\"error_code\":\"" + code + "\"");
        if (words != null) {
            assertThat(refused.body()).contains(words);
        }
    }

    @Test
    void aDeletedRunIsRestoredWithAllThatWasLogged() {
        // Given
        String run = run(alice);
        String byId = "{\"run_id\":\"" + run + "\"}";
        ok(alice.post(API + "runs/log-parameter", "{\"run_id\":\"" + run + "\",\"key\":\"a\",\"value\":\"b\"}"));

        // When
        ok(alice.post(API + "runs/delete", byId));
        HttpResponse<String> refused =
                alice.post(API + "runs/set-tag", "{\"run_id\":\"" + run + "\",\"key\":\"a\",\"value\":\"b\"}");
        ok(alice.post(API + "runs/restore", byId));

        // Then
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("was deleted. Restore it");
        assertThat(alice.get(API + "runs/get?run_id=" + run).body())
                .contains("\"lifecycle_stage\":\"active\"", "{\"key\":\"a\",\"value\":\"b\"}");
    }

    @Test
    void nobodyTellsOfSomebodyElsesModel() {
        // Given
        String model = ok(alice.post(API + "logged-models", "{\"experiment_id\":\"0\",\"name\":\"tree\"}"))
                .getAsJsonObject("model")
                .getAsJsonObject("info")
                .get("model_id")
                .getAsString();
        TestingClient bob = service.program("bob", Role.DEVELOPER);
        String metric = "\"key\":\"accuracy\",\"value\":0.5,\"timestamp\":3,\"step\":1,\"model_id\":\"" + model
                + "\",\"dataset_name\":\"test\"}";

        // When
        HttpResponse<String> refused = bob.post(API + "runs/log-metric", "{\"run_id\":\"" + run(bob) + "\"," + metric);
        ok(alice.post(API + "runs/log-batch", "{\"run_id\":\"" + run(alice) + "\",\"metrics\":[{" + metric + "]}"));

        // Then
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(ok(alice.get(API + "logged-models/" + model))
                        .getAsJsonObject("model")
                        .getAsJsonObject("data")
                        .getAsJsonArray("metrics"))
                .singleElement()
                .asString()
                .contains("\"value\":0.5,\"timestamp\":3,\"step\":1,\"dataset_name\":\"test\",\"model_id\":\"" + model);
        assertThat(bob.get(API + "logged-models/" + model).statusCode()).isEqualTo(404);
    }

    @Test
    void runsShareTheFateOfTheirExperiment() {
        // Given
        String experiment = ok(alice.post(API + "experiments/create", "{\"name\":\"fate\"}"))
                .get("experiment_id")
                .getAsString();
        String byId = "{\"experiment_id\":\"" + experiment + "\"}";
        String run = ok(alice.post(API + "runs/create", byId))
                .getAsJsonObject("run")
                .getAsJsonObject("info")
                .get("run_id")
                .getAsString();

        // When
        ok(alice.post(API + "experiments/delete", byId));
        ok(alice.post(API + "experiments/delete", byId));
        HttpResponse<String> deleted = alice.get(API + "runs/get?run_id=" + run);
        ok(alice.post(API + "experiments/restore", byId));
        HttpResponse<String> restored = alice.get(API + "runs/get?run_id=" + run);
        ok(alice.post(API + "runs/delete", "{\"run_id\":\"" + run + "\"}"));
        ok(alice.post(API + "experiments/restore", byId));

        // Then
        assertThat(deleted.body()).contains("\"lifecycle_stage\":\"deleted\"");
        assertThat(restored.body()).contains("\"lifecycle_stage\":\"active\"");
        assertThat(alice.get(API + "runs/get?run_id=" + run).body()).contains("\"lifecycle_stage\":\"deleted\"");
    }

    @Test
    void filesOfRunsAreTheirOwnersAndNeverServedAsPages() {
        // Given
        JsonObject experiment =
                ok(alice.get(API + "experiments/get?experiment_id=0")).getAsJsonObject("experiment");
        String file = "/mlflow/api/2.0/mlflow-artifacts/artifacts/"
                + experiment.get("experiment_id").getAsString() + "/run/a%20b/page.html";
        TestingClient bob = service.program("bob", Role.DEVELOPER);
        String large = "<script>alert(1)</script>".repeat(100_000);

        // When
        ok(alice.send("PUT", file, "text/html", large));
        HttpResponse<String> read = alice.get(file);

        // Then
        assertThat(read.body()).isEqualTo(large);
        assertThat(read.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(read.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(read.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment");
        assertThat(bob.get(file).statusCode()).isEqualTo(404);
        assertThat(alice.send("PUT", "/mlflow/api/2.0/mlflow-artifacts/artifacts/0/run/a", null, "mine")
                        .body())
                .contains("INVALID_PARAMETER_VALUE", "the id of an experiment");
        assertThat(bob.send("PUT", file, null, "mine").statusCode()).isEqualTo(404);
        assertThat(bob.send("DELETE", file, null, null).statusCode()).isEqualTo(404);
        assertThat(alice.send("PUT", file + "/below", null, "x").body())
                .contains("INVALID_STATE", "Choose another path");
        assertThat(alice.send("PUT", file + "/../../../x", null, "x").statusCode())
                .isBetween(400, 404);
        assertThat(alice.send("PUT", file.replace("a%20b", "%2e%2e"), null, "x").body())
                .contains("INVALID_PARAMETER_VALUE");
        ok(alice.send("DELETE", file, null, null));
        assertThat(alice.get(file).statusCode()).isEqualTo(404);
    }

    @Test
    void aBodyThatIsKeptInMemoryHasALimitStill() {
        // When
        HttpResponse<String> refused =
                alice.post(API + "experiments/create", "{\"name\":\"" + "x".repeat(1_100_000) + "\"}");

        // Then
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(413);
        assertThat(refused.body()).contains("larger than 1 MB");
    }

    @Test
    void anUpdateChangesWhatItNamesAndNothingElse() {
        // Given
        String run = run(alice);
        String byId = "{\"run_id\":\"" + run + "\",";

        // When
        ok(alice.post(API + "runs/update", byId + "\"status\":\"FINISHED\",\"end_time\":5}"));
        ok(alice.post(API + "runs/update", byId + "\"status\":\"KILLED\"}"));
        JsonObject info = ok(alice.post(API + "runs/update", byId + "\"run_name\":\"late\"}"))
                .getAsJsonObject("run_info");

        // Then
        assertThat(info.get("status").getAsString()).isEqualTo("KILLED");
        assertThat(info.get("end_time").getAsLong()).isEqualTo(5);
        assertThat(info.get("run_name").getAsString()).isEqualTo("late");
    }

    @Test
    void charactersAreCountedAsPeopleDoAndHalfOnesAreNone() {
        // Given
        String run = run(alice);
        String longest =
                "{\"run_id\":\"" + run + "\",\"key\":\"p\",\"value\":\"" + "x".repeat(5_999) + "\uD83D\uDE00\"}";
        String half = "{\"run_id\":\"" + run + "\",\"key\":\"q\",\"value\":\"a\\ud800\"}";

        // Then
        for (String body : List.of(longest, longest, half, half)) {
            ok(alice.post(API + "runs/log-parameter", body));
        }
        assertThat(alice.get(API + "runs/get?run_id=" + run).body()).contains("x\uD83D\uDE00\"");
        assertThat(alice.get(API + "experiments/get-by-name?experiment_name=%00")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    @Timeout(60)
    void noPatternKeepsTheServiceBusy() {
        // Given
        String experiment = ok(alice.post(
                        API + "experiments/create",
                        "{\"name\":\"patient\",\"tags\":[{\"key\":\"x\",\"value\":\"" + "a".repeat(8_000) + "\"}]}"))
                .get("experiment_id")
                .getAsString();
        String pattern = "%a".repeat(9);

        // When
        JsonObject none = ok(alice.post(API + "experiments/search", "{\"filter\":\"tags.x LIKE '" + pattern + "b'\"}"));
        JsonObject one = ok(alice.post(
                API + "experiments/search",
                "{\"filter\":\"tags.x ILIKE '" + pattern.toUpperCase(Locale.ROOT) + "'\"}"));

        // Then
        assertThat(none.getAsJsonArray("experiments")).isEmpty();
        assertThat(one.getAsJsonArray("experiments").toString()).contains(experiment);
        assertThat(alice.post(
                                API + "runs/search",
                                "{\"experiment_ids\":[\"0\"],\"filter\":\"params.x LIKE '" + pattern + "'\"}")
                        .body())
                .contains("at most 4 times %");
        assertThat(alice.post(
                                API + "runs/search",
                                "{\"experiment_ids\":[\"0\"],\"order_by\":[" + "\"params.a\",".repeat(10)
                                        + "\"params.a\"]}")
                        .body())
                .contains("at most 10");
    }

    @Test
    void s29ANotebookOfAnAdministratorSeesItsOwnersExperimentsOnly() {
        // Given
        String run = run(alice);
        TestingClient root = service.program("root", Role.ADMIN);
        String workspace = ok(root.post("/api/v1/workspaces", "{\"displayName\":\"Root's\",\"start\":true}"))
                .get("id")
                .getAsString();
        String token = service.bean(WorkspaceTokens.class).issue(new UserName("root"), Role.ADMIN, workspace, 1);
        TestingClient notebook = service.anonymous().with("Authorization", "Bearer " + token);

        // Then, as soon as the workspace starts
        await().untilAsserted(() -> assertThat(
                        notebook.get(API + "experiments/get?experiment_id=0").statusCode())
                .isEqualTo(200));
        assertThat(root.get(API + "runs/get?run_id=" + run).statusCode()).isEqualTo(200);
        assertThat(notebook.get(API + "runs/get?run_id=" + run).statusCode()).isEqualTo(404);
    }
}
