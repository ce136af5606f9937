package io.benchtop.service.http.api;

import static io.benchtop.service.http.api.DataRequests.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import io.benchtop.service.model.Receiver;
import io.benchtop.service.model.walk.OnnxFiles;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks of models over REST, from what people do to what a receiver is told. */
class ModelWebhookRestIT {

    private static final String MODELS = "/api/v1/models";
    private static final String ONNX = new String(OnnxFiles.good(), StandardCharsets.US_ASCII);

    @TempDir
    static Path data;

    private static TestingService service;
    private static TestingClient alice;
    private static TestingClient bob;
    private static Receiver receiver;

    @BeforeAll
    static void start() throws IOException {
        receiver = new Receiver();
        service = TestingService.start(
                data,
                Map.of(
                        "testing.fake-spawner",
                        "true",
                        "testing.fake-model-gate",
                        "true",
                        "benchtop.model.webhook-networks",
                        "127.0.0.0/8",
                        "benchtop.model.webhook-http",
                        "true"));
        alice = service.program("alice", Role.DEVELOPER);
        bob = service.program("bob", Role.DEVELOPER);
    }

    @AfterAll
    static void stop() {
        service.close();
        receiver.close();
    }

    private static String model(String name, String more) {
        ok(alice.post(MODELS, "{\"name\":\"" + name + "\"" + more + "}"));
        return MODELS + "/" + name;
    }

    private static HttpResponse<String> register(String model, String path, String more) {
        return alice.post(model + "/webhooks", "{\"url\":\"" + receiver.url(path) + "\"" + more + "}");
    }

    private static String publish(String model) throws NoSuchAlgorithmException {
        String sha256 = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(ONNX.getBytes(StandardCharsets.US_ASCII)));
        ok(alice.post(model + "/versions", """
                {"format":"onnx","files":[{"path":"model.onnx","size":%d,"sha256":"%s"}],"sample":{
                "inputs":[{"name":"X","datatype":"FP32","shape":[1],"data":[1]}],
                "outputs":[{"name":"Y","datatype":"FP32","shape":[1],"data":[1]}]}}""".formatted(ONNX.length(), sha256)));
        String version = model + "/versions/0.0.1";
        ok(alice.send("PUT", version + "/files/model.onnx", "application/octet-stream", ONNX));
        ok(alice.post(version + ":commit", "{}"));
        return version;
    }

    private static void told(String path, String... types) {
        await().untilAsserted(() -> assertThat(receiver.messages().stream()
                        .filter(message -> message.path().equals(path))
                        .map(message -> message.body().replaceFirst(".*\"type\":\"([^\"]*)\".*", "$1")))
                .containsExactly(types));
    }

    @Test
    void aReceiverIsToldWhatPeopleDo() throws NoSuchAlgorithmException {
        // Given
        String model = model("told", ",\"publishers\":[\"bob\"],\"approval\":true");
        JsonObject created = ok(register(model, "/told", ""));

        // When
        String version = publish(model);
        told("/told", "version.ready", "approval.wanted");
        ok(bob.post(version + ":reject", "{\"comment\":\"not yet\"}"));
        ok(bob.post(version + ":approve", "{\"comment\":\"good\"}"));
        ok(alice.send("PUT", model + "/aliases/production", "application/json", "{\"version\":\"0.0.1\"}"));
        ok(alice.send("PUT", model + "/aliases/production", "application/json", "{\"version\":\"0.0.1\"}"));
        alice.delete(model + "/aliases/production");

        // Then
        told(
                "/told",
                "version.ready",
                "approval.wanted",
                "approval.rejected",
                "approval.approved",
                "alias.changed",
                "alias.changed");
        String listed = alice.get(model + "/webhooks").body();
        assertThat(listed)
                .contains("\"state\":\"DELIVERED\"", "\"lastStatus\":\"It answered 200.\"", "\"attempts\":1")
                .doesNotContain("whsec_");
        assertThat(created.get("secret").getAsString()).startsWith("whsec_");
    }

    @Test
    void theOwnerAloneRegistersSeesAndDeletes() {
        // Given
        String model = model("owned", ",\"publishers\":[\"bob\"]");
        String id = ok(register(model, "/owned", ",\"events\":[\"version.ready\"]"))
                .getAsJsonObject("webhook")
                .get("id")
                .getAsString();

        // Then
        assertThat(bob.post(model + "/webhooks", "{\"url\":\"" + receiver.url("/") + "\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(bob.get(model + "/webhooks").statusCode()).isEqualTo(403);
        assertThat(bob.delete(model + "/webhooks/" + id).statusCode()).isEqualTo(403);
        assertThat(alice.delete(model + "/webhooks/" + id).statusCode()).isEqualTo(204);
        assertThat(alice.delete(model + "/webhooks/" + id).statusCode()).isEqualTo(404);
        assertThat(alice.get(model + "/webhooks").body()).isEqualTo("{\"webhooks\":[]}");
    }

    @Test
    void whatIsWrongIsRefused() {
        // Given
        String model = model("wrong", "");
        for (int i = 0; i < 10; i++) {
            ok(register(model, "/" + i, ""));
        }

        // Then
        assertThat(register(model, "/11", "").statusCode()).isEqualTo(409);
        assertThat(register(model, "/", ",\"events\":[]").statusCode()).isEqualTo(400);
        assertThat(register(model, "/", ",\"events\":[\"version.ready\",\"moon.full\"]")
                        .body())
                .contains("version.ready, version.refused");
        HttpResponse<String> inside = alice.post(model + "/webhooks", "{\"url\":\"https://10.0.0.1/\"}");
        assertThat(inside.statusCode()).isEqualTo(400);
        assertThat(inside.body()).contains("10.0.0.1 is not public", "BENCHTOP_MODEL_WEBHOOK_NETWORKS");
    }
}
