package io.benchtop.service.http.api;

import static io.benchtop.service.http.api.DataRequests.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import io.benchtop.service.model.FakeModelGate;
import io.benchtop.service.model.ModelGate.Verdict;
import io.benchtop.service.model.walk.OnnxFiles;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry of models over HTTP, by hand. Models are walked through as ever; the gate is pretended. */
class ModelRestIT {

    private static final String API = "/api/v1/models";
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** Sent as text by this client, byte for byte as it has no byte above 127. */
    private static final String ONNX = new String(OnnxFiles.good(), StandardCharsets.US_ASCII);

    private static final String SAMPLE = """
            {"inputs":[{"name":"X","datatype":"FP32","shape":[1,4],"data":[1,2.5,3,4]}],
            "outputs":[{"name":"Y","datatype":"FP32","shape":[1,4],"data":[[1,2,3,4]]}]}""";

    @TempDir
    static Path data;

    private static TestingService service;
    private static TestingClient alice;
    private static TestingClient bob;
    private static TestingClient carol;

    @BeforeAll
    static void start() {
        service = TestingService.start(data, Map.of("testing.fake-spawner", "true", "testing.fake-model-gate", "true"));
        alice = service.program("alice", Role.DEVELOPER);
        bob = service.program("bob", Role.DEVELOPER);
        carol = service.program("carol", Role.VIEWER);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static void refused(HttpResponse<String> response, int status, String code, String said) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonObject problem = JsonParser.parseString(response.body()).getAsJsonObject();
        assertThat(problem.get("code").getAsString()).isEqualTo(code);
        assertThat(problem.get("detail").getAsString()).contains(said);
    }

    private static String model(String more) {
        String name = "Risk-" + NAMES.incrementAndGet();
        ok(alice.post(API, "{\"name\":\"" + name + "\"" + more + "}"));
        return API + "/" + name;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String request(String content, String more) {
        return """
                {"format":"onnx","files":[{"path":"model.onnx","size":%d,"sha256":"%s"}],"sample":%s,"metrics":{"auc":0.91}%s}""".formatted(content.length(), sha256(content), SAMPLE, more);
    }

    private static HttpResponse<String> put(TestingClient client, String version, String file, String content) {
        return client.send("PUT", version + "/files/" + file, "application/octet-stream", content);
    }

    private static String upload(TestingClient client, String model, String content, String more) {
        JsonObject begun = ok(client.post(model + "/versions", request(content, more)));
        String version = model + "/versions/" + begun.get("version").getAsString();
        ok(put(client, version, "model.onnx", content));
        assertThat(client.post(version + ":commit", "{}").statusCode()).isEqualTo(202);
        return version;
    }

    private static JsonObject settled(TestingClient client, String version) {
        return await().until(
                        () -> ok(client.get(version)),
                        found -> !found.get("state").getAsString().matches("CHECKING|UPLOADING"));
    }

    private static String ready(String model) {
        String version = upload(alice, model, ONNX, "");
        JsonObject found = settled(alice, version);
        assertThat(found.get("state").getAsString()).as(found.toString()).isEqualTo("READY");
        return version;
    }

    @Test
    void aVersionIsBegunFilledCommittedCheckedAndThenThereForEver() {
        // Given
        String model = API + "/Fresh-" + NAMES.incrementAndGet();

        // When
        JsonObject begun = ok(alice.post(model + "/versions", request(ONNX, ",\"description\":\"first\"")));
        String version = model + "/versions/0.0.1";
        HttpResponse<String> early = alice.post(version + ":commit", "{}");
        ok(put(alice, version, "model.onnx", ONNX));
        ok(put(alice, version, "model.onnx", ONNX));
        ok(alice.post(version + ":commit", "{}"));
        JsonObject ready = settled(alice, version);
        ok(alice.post(version + ":commit", "{}"));

        // Then
        assertThat(begun.get("state").getAsString()).isEqualTo("UPLOADING");
        refused(early, 409, "conflict", "\"model.onnx\"");
        assertThat(ready.get("state").getAsString()).as(ready.toString()).isEqualTo("READY");
        assertThat(ready.get("number").getAsLong()).isEqualTo(1);
        assertThat(ready.get("servable").getAsBoolean()).isTrue();
        assertThat(ready.getAsJsonObject("check").get("platform").getAsString()).isEqualTo("onnx_onnxv1");
        assertThat(ready.getAsJsonObject("signature").getAsJsonArray("inputs")).hasSize(1);
        assertThat(ready.getAsJsonObject("metrics").get("auc").getAsDouble()).isEqualTo(0.91);
        JsonObject manifest = ok(alice.get(version + "/manifest.json"));
        assertThat(manifest.get("version").getAsString()).isEqualTo("0.0.1");
        assertThat(manifest.getAsJsonArray("files"))
                .extracting(file -> file.getAsJsonObject().get("path").getAsString())
                .containsExactly("model.onnx", "sample.json");
        assertThat(alice.get(version + "/files/model.onnx").body()).isEqualTo(ONNX);
        assertThat(ok(alice.get(version + "/files/sample.json"))
                        .getAsJsonObject("tolerance")
                        .get("absolute")
                        .getAsDouble())
                .isEqualTo(1e-4);
        refused(put(alice, version, "late.txt", "x"), 404, "not_found", "not among the files");
        refused(put(alice, version, "model.onnx", ONNX), 409, "conflict", "takes no more files");
        assertThat(ok(alice.get(model)).getAsJsonObject("latest").get("version").getAsString())
                .isEqualTo("0.0.1");
        assertThat(data.resolve(
                        "models/models/" + model.substring(API.length() + 1).toLowerCase() + "/0.0.1/manifest.json"))
                .exists();
    }

    @Test
    void theSameKeyIsTheSameVersionAndAnotherRequestIsRefused() {
        // Given
        String model = model("");
        TestingClient keyed = alice.with("Idempotency-Key", "once");

        // When
        JsonObject first = ok(keyed.post(model + "/versions", request(ONNX, "")));
        JsonObject again = ok(keyed.post(model + "/versions", request(ONNX, "")));
        HttpResponse<String> other = keyed.post(model + "/versions", request(ONNX, ",\"bump\":\"major\""));
        JsonObject next = ok(alice.post(model + "/versions", request(ONNX, ",\"bump\":\"minor\"")));

        // Then
        assertThat(again.get("version")).isEqualTo(first.get("version"));
        refused(other, 409, "idempotency_key_reused", "new key");
        assertThat(next.get("version").getAsString()).isEqualTo("0.1.0");
        assertThat(next.get("number").getAsLong()).isEqualTo(2);
    }

    @Test
    void goesOnWithAFileWhereItBrokeAndRefusesAnotherContent() {
        // Given
        String model = model("");
        ok(alice.post(model + "/versions", request(ONNX, "")));
        String version = model + "/versions/0.0.1";

        // When
        ok(put(alice, version, "model.onnx", ONNX.substring(0, 10)));
        HttpResponse<String> wrong = put(alice.with("Upload-Offset", "3"), version, "model.onnx", ONNX.substring(10));
        HttpResponse<String> damaged =
                put(alice.with("Upload-Offset", "10"), version, "model.onnx", "x".repeat(ONNX.length() - 10));
        ok(put(alice, version, "model.onnx", ONNX.substring(0, 10)));
        JsonObject whole = ok(put(alice.with("Upload-Offset", "10"), version, "model.onnx", ONNX.substring(10)));

        // Then
        refused(wrong, 409, "wrong_offset", "There are 10 bytes");
        refused(damaged, 422, "digest_differs", "damaged");
        assertThat(whole.get("size").getAsLong()).isEqualTo(ONNX.length());
    }

    @Test
    void s34AHostileModelIsRefusedBeforeAnythingLoadsIt() {
        // Given
        String model = model("");
        String hostile = "\b\n garbage";

        // When
        JsonObject refused = settled(alice, upload(alice, model, hostile, ""));

        // Then
        assertThat(refused.get("state").getAsString()).isEqualTo("REFUSED");
        assertThat(refused.get("stateCode").getAsString()).isNotBlank();
        assertThat(refused.get("stateMessage").getAsString())
                .contains("model.onnx: ")
                .contains("Export");
        assertThat(service.bean(FakeModelGate.class).asked())
                .noneMatch(folder -> folder.toString()
                        .contains(model.substring(API.length() + 1).toLowerCase()));
        assertThat(alice.get(model + "/versions/0.0.1/files/model.onnx").statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatTheGateSaysIsTold() {
        // Given
        String model = model("");
        service.bean(FakeModelGate.class)
                .answer(
                        model.substring(API.length() + 1).toLowerCase(),
                        new Verdict.Failed("SAMPLE_DIFFERS", "Y differs by 0.5."));

        // When
        JsonObject refused = settled(alice, upload(alice, model, ONNX, ""));

        // Then
        assertThat(refused.get("stateCode").getAsString()).isEqualTo("SAMPLE_DIFFERS");
        assertThat(refused.get("stateMessage").getAsString()).isEqualTo("Y differs by 0.5.");
        refused(alice.put(model + "/aliases/production", "{\"version\":\"0.0.1\"}"), 409, "conflict", "REFUSED");
    }

    @Test
    void anAliasPointsToAVersionWhichCannotBeDeletedThen() {
        // Given
        String model = model("");
        String version = ready(model);

        // When
        JsonObject pointed = ok(alice.put(model + "/aliases/production", "{\"version\":\"0.0.1\"}"));

        // Then
        assertThat(pointed.getAsJsonObject("aliases").get("production").getAsString())
                .isEqualTo("0.0.1");
        assertThat(ok(alice.get(model + "/versions/production")).getAsJsonArray("aliases"))
                .hasSize(1);
        refused(alice.delete(version), 409, "conflict", "\"production\"");
        refused(alice.delete(model), 409, "conflict", "\"production\"");
        assertThat(alice.delete(model + "/aliases/production").statusCode()).isEqualTo(204);
        assertThat(alice.delete(version).statusCode()).isEqualTo(204);
        assertThat(alice.delete(version).statusCode()).isEqualTo(204);
        assertThat(ok(alice.get(version)).get("state").getAsString()).isEqualTo("DELETED");
        assertThat(alice.get(version + "/files/model.onnx").statusCode()).isEqualTo(404);
        refused(
                alice.post(model + "/versions", request(ONNX, ",\"version\":\"0.0.1\"")),
                409,
                "already_exists",
                "deleted");
        assertThat(alice.delete(model).statusCode()).isEqualTo(204);
        assertThat(alice.get(model).statusCode()).isEqualTo(404);
    }

    @Test
    void s14WhatOneMayNotReadIsNotThere() {
        // Given
        String model = model("");
        String version = ready(model);

        // Then
        for (String path : new String[] {
            model, model + "/versions", version, version + "/files/model.onnx", version + "/manifest.json"
        }) {
            assertThat(bob.get(path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(bob.get(API).body()).doesNotContain(model.substring(API.length() + 1) + "\"");
        refused(bob.patch(model, "{\"readers\":[\"bob\"]}"), 404, "not_found", "no model");
        refused(bob.post(model + "/versions", request(ONNX, "")), 404, "not_found", "no model");
        refused(bob.post(version + ":approve", "{}"), 404, "not_found", "no model");
        refused(bob.put(model + "/aliases/a", "{\"version\":\"0.0.1\"}"), 404, "not_found", "no model");
        assertThat(bob.delete(model).statusCode()).isEqualTo(404);
    }

    @Test
    void readersReadPublishersPublishAndTheOwnerShares() {
        // Given
        String model = model(",\"readers\":[\"carol\"]");
        ready(model);

        // Then
        assertThat(ok(carol.get(model)).get("owner").getAsString()).isEqualTo("alice");
        refused(carol.post(model + "/versions", request(ONNX, "")), 403, "forbidden", "role developer");
        ok(alice.patch(model, "{\"readers\":[\"bob\"]}"));
        assertThat(carol.get(model).statusCode()).isEqualTo(404);
        refused(bob.post(model + "/versions", request(ONNX, "")), 403, "forbidden", "publishers");
        ok(alice.patch(model, "{\"publishers\":[\"bob\"]}"));
        assertThat(settled(bob, upload(bob, model, ONNX, "")).get("createdBy").getAsString())
                .isEqualTo("bob");
        refused(bob.patch(model, "{\"readers\":[\"*\"]}"), 403, "forbidden", "alone changes");
    }

    @Test
    void whereApprovalIsRequiredAnAliasNeedsASecondPerson() {
        // Given
        String model = model(",\"approval\":true,\"publishers\":[\"bob\"]");
        String version = ready(model);

        // Then
        refused(alice.put(model + "/aliases/production", "{\"version\":\"0.0.1\"}"), 409, "approval_needed", "alice");
        refused(alice.post(version + ":approve", "{}"), 403, "forbidden", "somebody else");
        JsonObject rejected = ok(bob.post(version + ":reject", "{\"comment\":\"no\"}"));
        assertThat(rejected.get("approval").getAsString()).isEqualTo("REJECTED");
        refused(bob.put(model + "/aliases/production", "{\"version\":\"0.0.1\"}"), 409, "approval_needed", "rejected");
        JsonObject approved = ok(bob.post(version + ":approve", "{\"comment\":\"well\"}"));
        assertThat(approved.get("approvedBy").getAsString()).isEqualTo("bob");
        assertThat(approved.get("approvalComment").getAsString()).isEqualTo("well");
        ok(alice.put(model + "/aliases/production", "{\"version\":\"0.0.1\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"con", "NUL.txt", "lpt9", "a..b", "-a", "a%2fb", "%2e%2e", "a%23b", "a%00", "..%5cx"})
    void s36ANameThatLeadsElsewhereIsNone(String name) {
        HttpResponse<String> response = alice.get(API + "/" + name);
        assertThat(response.statusCode()).as(name + " " + response.body()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | files: is missing",
                "{\"format\":\"pickle\",\"files\":[{\"path\":\"model.onnx\",\"size\":1,\"sha256\":\"S\"}],\"sample\":P} | must be onnx or torchscript",
                "{\"format\":\"onnx\",\"files\":[],\"sample\":P} | must hold model.onnx",
                "{\"format\":\"onnx\",\"files\":[{\"path\":\"other\",\"size\":1,\"sha256\":\"S\"}],\"sample\":P} | must hold model.onnx",
                "{\"format\":\"onnx\",\"files\":[{\"path\":\"../model.onnx\",\"size\":1,\"sha256\":\"S\"}],\"sample\":P} | path: must be names",
                "{\"format\":\"onnx\",\"files\":[{\"path\":\"model.onnx\",\"size\":-1,\"sha256\":\"S\"}],\"sample\":P} | negative",
                "{\"format\":\"onnx\",\"files\":[{\"path\":\"model.onnx\",\"size\":1,\"sha256\":\"x\"}],\"sample\":P} | 64 hexadecimal",
                "{\"format\":\"onnx\",\"files\":[{\"path\":\"model.onnx\",\"size\":1,\"sha256\":\"S\"},{\"path\":\"manifest.json\",\"size\":1,\"sha256\":\"S\"}],\"sample\":P} | manifest.json",
                "{\"format\":\"onnx\",\"files\":[{\"path\":\"model.onnx\",\"size\":1,\"sha256\":\"S\"},{\"path\":\"Model.onnx/x\",\"size\":1,\"sha256\":\"S\"}],\"sample\":P} | both as a file and as a folder",
                "{\"format\":\"onnx\",\"files\":[{\"path\":\"model.onnx\",\"size\":1,\"sha256\":\"S\"}]} | sample: is missing",
                "{\"format\":\"onnx\",\"files\":[{\"path\":\"model.onnx\",\"size\":1,\"sha256\":\"S\"}],\"sample\":{\"inputs\":[],\"outputs\":[]}} | sample.inputs",
                "{\"version\":\"1\",\"format\":\"onnx\",\"files\":[{\"path\":\"model.onnx\",\"size\":1,\"sha256\":\"S\"}],\"sample\":P} | three numbers",
                "{\"version\":\"1.0.0\",\"bump\":\"major\",\"format\":\"onnx\",\"files\":[{\"path\":\"model.onnx\",\"size\":1,\"sha256\":\"S\"}],\"sample\":P} | say one of them",
            })
    void aWrongRequestIsExplained(String body, String said) {
        // Given
        String sent = body.replace("\"S\"", "\"" + "a".repeat(64) + "\"").replace(":P}", ":" + SAMPLE + "}");

        // When
        HttpResponse<String> response = alice.post(API + "/wrong/versions", sent);

        // Then
        refused(response, 400, "invalid_field", said);
        assertThat(alice.get(API + "/wrong").statusCode()).isEqualTo(404);
    }

    @Test
    void whatWasDoneIsInTheAuditLog() {
        // Given
        String model = model("");
        ready(model);

        // When
        String log = service.signIn("root", Role.ADMIN)
                .get("/api/v1/audit?limit=1000")
                .body();

        // Then
        assertThat(log)
                .contains(
                        "model.create",
                        "model.upload",
                        "model.commit",
                        "model.check",
                        model.substring(API.length() + 1));
    }
}
