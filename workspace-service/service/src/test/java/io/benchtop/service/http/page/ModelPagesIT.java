package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import io.benchtop.service.model.FakeModelGate;
import io.benchtop.service.model.ModelGate.Verdict;
import io.benchtop.service.model.Receiver;
import io.benchtop.service.model.walk.OnnxFiles;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
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

/** The pages of the registry. The gate is pretended. */
class ModelPagesIT {

    private static final String API = "/api/v1/models";
    private static final String HOSTILE = "\"><svg onload=alert(1)>' ü";
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** Sent as text by this client, byte for byte as it has no byte above 127. */
    private static final String ONNX = new String(OnnxFiles.good(), StandardCharsets.US_ASCII);

    private static final String SAMPLE = """
            {"inputs":[{"name":"X","datatype":"FP32","shape":[1,4],"data":[1,2.5,3,4]}],
            "outputs":[{"name":"Y","datatype":"FP32","shape":[1,4],"data":[[1,2,3,4]]}]}""";

    @TempDir
    static Path data;

    private static TestingService service;
    private static Receiver receiver;
    private static TestingClient alice;
    private static TestingClient bob;
    private static TestingClient carol;

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
        alice = service.signIn("alice", Role.DEVELOPER);
        bob = service.signIn("bob", Role.DEVELOPER);
        carol = service.signIn("carol", Role.VIEWER);
    }

    @AfterAll
    static void stop() {
        service.close();
        receiver.close();
    }

    private static JsonObject ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private static String model(String more) {
        String name = "Risk-" + NAMES.incrementAndGet();
        ok(alice.post(API, "{\"name\":\"" + name + "\"" + more + "}"));
        return name;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next version of a model, checked. */
    private static String publish(String model, String more) {
        String versions = API + "/" + model + "/versions";
        JsonObject begun = ok(alice.post(versions, """
                {"format":"onnx","files":[{"path":"model.onnx","size":%d,"sha256":"%s"}],"sample":%s,\
                "metrics":{"auc":0.91}%s}""".formatted(ONNX.length(), sha256(ONNX), SAMPLE, more)));
        String version = begun.get("version").getAsString();
        String address = versions + "/" + version;
        ok(alice.send("PUT", address + "/files/model.onnx", "application/octet-stream", ONNX));
        ok(alice.post(address + ":commit", "{}"));
        await().until(() -> ok(alice.get(address)).get("state").getAsString(), state -> !state.equals("CHECKING"));
        return version;
    }

    private static void led(HttpResponse<String> answer, String where) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).isEqualTo(where);
    }

    @Test
    void theListHasWhatOneMayReadAndASearchNarrowsIt() {
        // Given
        String shared =
                model(",\"readers\":[\"bob\"],\"description\":\"shared " + HOSTILE.replace("\"", "\\\"") + "\"");
        String own = model(",\"description\":\"nobody else's\"");
        publish(shared, "");
        led(
                alice.form("/models/" + shared + "/alias", Map.of("alias", "production", "version", "0.0.1")),
                "/models/" + shared + "?done=alias-set");

        // Then
        assertThat(alice.open("/models").body())
                .contains(">" + shared + "<", ">" + own + "<", "production", "none yet", "by alice")
                .doesNotContain("<svg onload");
        assertThat(bob.open("/models").body()).contains(">" + shared + "<").doesNotContain(">" + own + "<");
        assertThat(alice.open("/models?search=nobody+else").body())
                .contains(">" + own + "<")
                .doesNotContain(">" + shared + "<");
        assertThat(alice.open("/models?search=nothing-like-it").body()).contains("id=\"no-models\"", "Show all");
    }

    @Test
    void aVersionIsShownWithAllThatIsKnownOfIt() {
        // Given
        String model = model(",\"readers\":[\"*\"]");
        String notebook = "{\"path\":\"" + HOSTILE.replace("\"", "\\\"") + "\",\"sha256\":\"" + "ab".repeat(32) + "\"}";
        publish(
                model,
                ",\"description\":\"first\",\"notebook\":" + notebook
                        + ",\"image\":\"registry/cpu:1\",\"datasets\":[{\"name\":\"sales/orders\",\"version\":2}]");

        // When
        String html = alice.open("/models/" + model + "/0.0.1").body();
        HttpResponse<String> file = carol.get("/models/" + model + "/0.0.1/files/download?path=model.onnx");

        // Then
        assertThat(html)
                .contains("Ready", "0.91", sha256(ONNX), "id=\"signature\"", "id=\"check\"", "id=\"no-uses\"")
                .contains("id=\"making\"", "registry/cpu:1", "/datasets/sales/orders?version=2", "code abababababab")
                .contains("id=\"promote\"", "value=\"" + model.toLowerCase() + "\"", "id=\"delete-link\"")
                .doesNotContain("<svg onload", "id=\"review\"");
        assertThat(alice.open("/models/" + model).body())
                .contains("0.0.1", "onnx", "auc", "id=\"set-alias\"", "id=\"change-model\"");
        assertThat(carol.open("/models/" + model + "/0.0.1").body())
                .doesNotContain("id=\"promote\"", "id=\"delete-link\"");
        assertThat(carol.open("/models/" + model).body()).doesNotContain("id=\"set-alias\"", "id=\"change-model\"");
        assertThat(file.body()).isEqualTo(ONNX);
        assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("attachment", "model.onnx");
    }

    @Test
    void whyAVersionIsRefusedIsSaid() {
        // Given
        String model = model("");
        service.bean(FakeModelGate.class)
                .answer(model.toLowerCase(), new Verdict.Failed("SAMPLE_DIFFERS", "Y differs by 0.5."));

        // When
        publish(model, "");

        // Then
        assertThat(alice.open("/models/" + model).body()).contains("Refused", "Y differs by 0.5.");
        assertThat(alice.open("/models/" + model + "/0.0.1").body())
                .contains("Y differs by 0.5.")
                .doesNotContain("id=\"promote\"");
    }

    @Test
    void anAliasIsSetAndRemovedAndProtectsItsVersion() {
        // Given
        String model = model("");
        publish(model, "");
        String page = "/models/" + model;

        // When
        led(alice.form(page + "/alias", Map.of("alias", "production", "version", "0.0.1")), page + "?done=alias-set");
        HttpResponse<String> refused = alice.form(page + "/0.0.1/delete", Map.of());
        HttpResponse<String> whole = alice.form(page + "/delete", Map.of());
        led(alice.form(page + "/unalias", Map.of("alias", "production")), page + "?done=alias-removed");
        HttpResponse<String> ask = alice.open(page + "/0.0.1/delete");
        led(alice.form(page + "/0.0.1/delete", Map.of()), page + "?done=model-version-deleted");

        // Then
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("the alias \"production\" points to", "<h1>" + model + " 0.0.1</h1>");
        assertThat(whole.statusCode()).isEqualTo(409);
        assertThat(ask.body()).contains("id=\"delete-confirm\"");
        assertThat(alice.open(page).body()).contains("Deleted", "By alice").doesNotContain("id=\"set-alias\"");
        led(alice.form(page + "/delete", Map.of()), "/models?done=model-deleted");
        assertThat(alice.open(page).statusCode()).isEqualTo(404);
    }

    @Test
    void aSecondPersonApprovesOrRejects() {
        // Given
        String model = model(",\"approval\":true,\"publishers\":[\"bob\"]");
        publish(model, "");
        String version = "/models/" + model + "/0.0.1";

        // When
        String own = alice.open(version).body();
        HttpResponse<String> self = alice.form(version + "/review", Map.of("verdict", "approve", "comment", ""));
        HttpResponse<String> early =
                alice.form("/models/" + model + "/alias", Map.of("alias", "production", "version", "0.0.1"));
        String asked = bob.open(version).body();
        led(bob.form(version + "/review", Map.of("verdict", "reject", "comment", HOSTILE)), version + "?done=rejected");
        String rejected = alice.open(version).body();
        led(
                bob.form(version + "/review", Map.of("verdict", "approve", "comment", "well done")),
                version + "?done=approved");

        // Then
        assertThat(own).contains("id=\"own-work\"").doesNotContain("id=\"review\"");
        assertThat(self.statusCode()).isEqualTo(403);
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(early.body()).contains("not approved");
        assertThat(asked).contains("id=\"approve\"", "id=\"reject\"", "waits for a second person");
        assertThat(rejected).contains("rejected by bob").doesNotContain("<svg onload");
        assertThat(alice.open(version).body()).contains("approved by bob: well done");
        led(
                alice.form("/models/" + model + "/alias", Map.of("alias", "production", "version", "0.0.1")),
                "/models/" + model + "?done=alias-set");
    }

    @Test
    void theOwnerSharesItAndOthersDoNot() {
        // Given
        String model = model(",\"readers\":[\"bob\"]");
        String page = "/models/" + model;
        Map<String, String> fields =
                Map.of("description", HOSTILE, "readers", "bob, carol", "publishers", "", "approval", "true");

        // When
        HttpResponse<String> foreign = bob.form(page + "/change", fields);
        led(alice.form(page + "/change", fields), page + "?done=model-saved");
        HttpResponse<String> wrong =
                alice.form(page + "/change", Map.of("description", "x", "readers", "No Body!", "publishers", ""));

        // Then
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(carol.open(page).body())
                .contains("a second person approves", "who may publish it, bob, carol")
                .doesNotContain("<svg onload");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("id=\"readers-error\"", "names of users", "No Body!");
    }

    /** S14. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/change",
                "/alias",
                "/unalias",
                "/delete",
                "/webhooks",
                "/webhooks/0123456789abcdef0123456789abcdef/remove",
                "/0.0.1/review",
                "/0.0.1/promote",
                "/0.0.1/delete"
            })
    void whatOneMayNotReadIsNotThere(String verb) {
        // Given
        String model = model("");

        // Then
        assertThat(bob.form("/models/" + model + verb, Map.of("alias", "a")).statusCode())
                .isEqualTo(404);
    }

    private static Map<String, String> webhook(String path) {
        return Map.of("url", receiver.url(path), "version.ready", "true", "alias.changed", "true");
    }

    @Test
    void anOwnerHasOthersToldAndSeesWhatBecameOfIt() {
        // Given
        String model = model(",\"readers\":[\"*\"]");
        String page = "/models/" + model;

        // When
        String made = alice.form(page + "/webhooks", webhook("/seen")).body();
        publish(model, "");

        // Then
        assertThat(made)
                .contains("The secret for 127.0.0.1", "value=\"whsec_", "alias.changed, version.ready", "nothing yet");
        await().untilAsserted(() ->
                assertThat(alice.open(page).body()).contains("/seen", "Delivered", "version.ready: ", "200"));
        assertThat(alice.open(page).body()).doesNotContain("whsec_");
        assertThat(carol.open(page).body()).doesNotContain("/seen", "id=\"add-webhook\"");
        assertThat(carol.form(page + "/webhooks", webhook("/carols")).statusCode())
                .isEqualTo(403);

        // When
        String id = alice.open(page).body().replaceFirst("(?s).*id=\"webhook-([^\"]*)\".*", "$1");
        assertThat(carol.form(page + "/webhooks/" + id + "/remove", Map.of()).statusCode())
                .isEqualTo(403);
        led(alice.form(page + "/webhooks/" + id + "/remove", Map.of()), page + "?done=webhook-removed");

        // Then
        assertThat(alice.open(page).body()).doesNotContain("/seen");
    }

    @ParameterizedTest
    @CsvSource({
        "version.ready, ftp://hooks.example.org, url-error, It must be an address such as https://",
        "version.ready, http://169.254.169.254/, url-error, It cannot be used",
        "version.none, http://127.0.0.1:1/, events-error, at least one",
    })
    void aWrongWebhookIsExplainedAtItsField(String event, String url, String id, String said) {
        // Given
        String model = model("");

        // When
        HttpResponse<String> answer = alice.form("/models/" + model + "/webhooks", Map.of("url", url, event, "true"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("id=\"" + id + "\"", said, "value=\"" + url + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "alias, v1, 'alias-error', 'be neither latest'",
        "alias, '', 'alias-error', '1 to 63'",
    })
    void aWrongAliasIsExplainedAtItsField(String field, String value, String id, String said) {
        // Given
        String model = model("");
        publish(model, "");

        // When
        HttpResponse<String> answer =
                alice.form("/models/" + model + "/alias", Map.of(field, value, "version", "0.0.1"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("id=\"" + id + "\"", said);
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint, 'No Name', endpoint-error, lower-case",
        "minutes, 0, minutes-error, from 1 to 1440",
        "minutes, x, minutes-error, whole number",
        "errors, 100, errors-error, less than 100",
    })
    void aWrongPromotionIsExplainedAtItsField(String field, String value, String id, String said) {
        // Given
        String model = model("");
        publish(model, "");
        Map<String, String> fields =
                new HashMap<>(Map.of("endpoint", "ok", "strategy", "canary", "minutes", "5", "errors", "1"));
        fields.put(field, value);

        // When
        HttpResponse<String> answer = alice.form("/models/" + model + "/0.0.1/promote", fields);

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("id=\"" + id + "\"", said);
    }
}
