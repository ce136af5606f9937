package io.benchtop.service.http.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import io.benchtop.service.model.walk.OnnxFiles;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry as MLflow's clients ask for it, by hand. */
class RegistryTrackingIT {

    private static final String API = "/mlflow/api/2.0/mlflow/";
    private static final String FILES = "/mlflow/api/2.0/mlflow-artifacts/artifacts";
    private static final String ONNX = new String(OnnxFiles.good(), StandardCharsets.US_ASCII);

    @TempDir
    static Path data;

    private static TestingService service;
    private static TestingClient alice;
    private static TestingClient bob;

    @BeforeAll
    static void start() {
        service = TestingService.start(data, Map.of("testing.fake-spawner", "true", "testing.fake-model-gate", "true"));
        alice = service.program("alice", Role.DEVELOPER);
        bob = service.program("bob", Role.DEVELOPER);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static JsonObject ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private static void refused(HttpResponse<String> response, String code, String said) {
        assertThat(response.body()).contains("\"error_code\":\"" + code + "\"").contains(said);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonObject delete(String path, String body) {
        return ok(alice.send("DELETE", API + path, "application/json", body));
    }

    private static void create(String name) {
        ok(alice.post(API + "registered-models/create", "{\"name\":\"" + name + "\",\"description\":\"Risk\"}"));
    }

    /** @return where it was logged to */
    private static String logged(String file, String content) {
        JsonObject run = ok(alice.post(API + "runs/create", "{\"experiment_id\":\"0\",\"start_time\":1}"))
                .getAsJsonObject("run")
                .getAsJsonObject("info");
        String root = run.get("artifact_uri").getAsString() + "/model";
        String path = FILES + root.substring("mlflow-artifacts:".length());
        ok(alice.send("PUT", path + "/MLmodel", "application/octet-stream", "flavors: {}\n"));
        ok(alice.send("PUT", path + "/" + file, "application/octet-stream", content));
        return root;
    }

    private static JsonObject registered(String name, String source) {
        return ok(alice.post(
                        API + "model-versions/create", "{\"name\":\"" + name + "\",\"source\":\"" + source + "\"}"))
                .getAsJsonObject("model_version");
    }

    private static JsonObject settled(String name, String version) {
        return await().until(
                        () -> ok(alice.get(API + "model-versions/get?name=" + name + "&version=" + version))
                                .getAsJsonObject("model_version"),
                        found -> !found.get("status").getAsString().equals("PENDING_REGISTRATION"));
    }

    @Test
    void aModelInOnnxIsRegisteredCheckedAndLoadedByNumberAndAlias() {
        // Given
        create("iris");
        String source = logged("model.onnx", ONNX);

        // When
        JsonObject made = registered("iris", source);
        JsonObject ready = settled("iris", "1");
        ok(alice.post(API + "registered-models/alias", "{\"name\":\"iris\",\"alias\":\"best\",\"version\":\"1\"}"));

        // Then
        assertThat(made.get("version").getAsString()).isEqualTo("1");
        assertThat(ready.get("status").getAsString()).as(ready.toString()).isEqualTo("READY");
        assertThat(ready.getAsJsonArray("tags").toString()).contains("benchtop.version", "0.0.1");
        assertThat(ok(alice.get(API + "registered-models/alias?name=iris&alias=best"))
                        .getAsJsonObject("model_version")
                        .getAsJsonArray("aliases")
                        .get(0)
                        .getAsString())
                .isEqualTo("best");
        String uri = ok(alice.get(API + "model-versions/get-download-uri?name=iris&version=1"))
                .get("artifact_uri")
                .getAsString();
        String folder = uri.substring("mlflow-artifacts:/".length());
        assertThat(ok(alice.get(FILES + "?path=" + encoded(folder))).toString()).contains("MLmodel", "model.onnx");
        assertThat(alice.get(FILES + "/" + folder + "/model.onnx").body()).isEqualTo(ONNX);
        JsonObject same = ok(alice.get("/api/v1/models/iris/versions/best"));
        assertThat(same.get("version").getAsString()).isEqualTo("0.0.1");
        assertThat(same.get("number").getAsLong()).isEqualTo(1);
        assertThat(same.get("servable").getAsBoolean()).isTrue();
    }

    @Test
    void whatOnlyPythonLoadsIsKeptAndServedByNobody() {
        // Given
        create("pickled");

        // When
        registered("pickled", logged("model.pkl", "no pickle is opened here"));
        JsonObject ready = settled("pickled", "1");

        // Then
        assertThat(ready.get("status").getAsString()).isEqualTo("READY");
        assertThat(ready.get("status_message").getAsString()).contains("only Python", "mlflow.onnx");
        JsonObject same = ok(alice.get("/api/v1/models/pickled/versions/0.0.1"));
        assertThat(same.get("servable").getAsBoolean()).isFalse();
        assertThat(same.get("format").getAsString()).isEqualTo("python");
    }

    @Test
    void s34AHostileModelFailsItsRegistration() {
        create("hostile");
        registered("hostile", logged("model.onnx", "no model"));
        JsonObject failed = settled("hostile", "1");
        assertThat(failed.get("status").getAsString()).isEqualTo("FAILED_REGISTRATION");
        assertThat(failed.get("status_message").getAsString()).contains("model.onnx: ");
    }

    @Test
    void modelsAndVersionsAreFoundTaggedDescribedAndDeleted() {
        // Given
        create("found");
        registered("found", logged("model.pkl", "x"));
        registered("found", logged("model.pkl", "y"));
        settled("found", "2");

        // When
        ok(alice.post(API + "registered-models/set-tag", "{\"name\":\"found\",\"key\":\"team\",\"value\":\"a\"}"));
        ok(alice.post(
                API + "model-versions/set-tag",
                "{\"name\":\"found\",\"version\":\"2\",\"key\":\"stage\",\"value\":\"b\"}"));
        ok(alice.patch(API + "registered-models/update", "{\"name\":\"found\",\"description\":\"anew\"}"));
        ok(alice.patch(
                API + "model-versions/update", "{\"name\":\"found\",\"version\":\"2\",\"description\":\"two\"}"));

        // Then
        JsonObject models = ok(alice.get(API + "registered-models/search?filter="
                + encoded("name LIKE 'fou%' AND tags.team = 'a' AND tag.`mlflow.prompt.is_prompt` != 'true'")));
        assertThat(models.getAsJsonArray("registered_models")).hasSize(1);
        assertThat(models.toString()).contains("anew");
        JsonObject versions = ok(alice.get(API + "model-versions/search?filter="
                + encoded("name = 'found' AND version_number > 1 AND tags.stage = 'b'")));
        assertThat(versions.getAsJsonArray("model_versions")).hasSize(1);
        assertThat(versions.toString()).contains("\"description\":\"two\"");
        JsonObject latest = ok(alice.post(API + "registered-models/get-latest-versions", "{\"name\":\"found\"}"));
        assertThat(latest.getAsJsonArray("model_versions")
                        .get(0)
                        .getAsJsonObject()
                        .get("version")
                        .getAsString())
                .isEqualTo("2");
        JsonObject staged = ok(alice.post(
                API + "model-versions/transition-stage",
                "{\"name\":\"found\",\"version\":\"1\",\"stage\":\"production\",\"archive_existing_versions\":true}"));
        assertThat(staged.getAsJsonObject("model_version").get("current_stage").getAsString())
                .isEqualTo("Production");
        delete("model-versions/delete-tag", "{\"name\":\"found\",\"version\":\"2\",\"key\":\"stage\"}");
        delete("registered-models/delete-tag", "{\"name\":\"found\",\"key\":\"team\"}");
        delete("model-versions/delete", "{\"name\":\"found\",\"version\":\"1\"}");
        refused(alice.get(API + "model-versions/get?name=found&version=1"), "RESOURCE_DOES_NOT_EXIST", "found 1");
        refused(
                alice.post(API + "registered-models/rename", "{\"name\":\"found\",\"new_name\":\"lost\"}"),
                "BAD_REQUEST",
                "keeps its name");
        delete("registered-models/delete", "{\"name\":\"found\"}");
        refused(alice.get(API + "registered-models/get?name=found"), "RESOURCE_DOES_NOT_EXIST", "no model");
    }

    @Test
    void s14WhatOneMayNotReadIsNotThere() {
        // Given
        create("secret");
        registered("secret", logged("model.pkl", "x"));
        settled("secret", "1");

        // Then
        refused(bob.get(API + "registered-models/get?name=secret"), "RESOURCE_DOES_NOT_EXIST", "no model");
        refused(bob.get(API + "model-versions/get?name=secret&version=1"), "RESOURCE_DOES_NOT_EXIST", "no model");
        refused(bob.get(FILES + "/registry/secret/1/model.pkl"), "RESOURCE_DOES_NOT_EXIST", "no model");
        assertThat(bob.get(API + "registered-models/search").body()).doesNotContain("secret");
        assertThat(bob.get(API + "model-versions/search").body()).doesNotContain("secret");
        refused(
                alice.post(API + "registered-models/create", "{\"name\":\"SECRET\"}"),
                "RESOURCE_ALREADY_EXISTS",
                "already");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc",
                "/etc",
                "mlflow-artifacts://host/1",
                "mlflow-artifacts:/1/a#/../../etc",
                "mlflow-artifacts:/1/../2",
                "mlflow-artifacts:/1/%2e%2e/2",
                "models:/other/1",
                "s3://bucket/x",
                "http://127.0.0.1/x"
            })
    void s36ASourceElsewhereIsRefused(String source) {
        // Given
        alice.post(API + "registered-models/create", "{\"name\":\"elsewhere\"}");

        // When
        HttpResponse<String> response =
                alice.post(API + "model-versions/create", "{\"name\":\"elsewhere\",\"source\":\"" + source + "\"}");

        // Then
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("INVALID_PARAMETER_VALUE");
    }
}
