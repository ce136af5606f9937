package io.benchtop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code benchtop models …}. */
class ModelsIT {

    private static final String MODELS = "/api/v1/models";
    private static final String VERSION = MODELS + "/risk/versions/1%2E2%2E3";

    /** SHA-256 of "weights". */
    private static final String DIGEST = "9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c";

    @TempDir
    private Path home;

    private FakeBenchtop benchtop;
    private Terminal terminal;

    @BeforeEach
    void start() throws IOException {
        benchtop = FakeBenchtop.start();
        terminal = new Terminal(home).with("BENCHTOP_URL", benchtop.url()).with("BENCHTOP_TOKEN", "t");
        var ready = version("READY", "null");
        benchtop.json("GET " + MODELS + "?text=ri%20sk", 200, "{\"models\":[]}")
                .json("GET " + MODELS + "/risk/versions", 200, "{\"versions\":[" + ready + "]}")
                .json("GET " + MODELS + "/risk/versions/production", 200, ready)
                .json("GET " + VERSION, 200, ready)
                .json("DELETE " + VERSION, 204, "")
                .json("POST " + VERSION + ":approve", 200, ready)
                .json("DELETE " + MODELS + "/risk/aliases/production", 204, "")
                .text("GET " + VERSION + "/files/model%2Eonnx", "application/octet-stream", "weights");
    }

    @AfterEach
    void stop() {
        benchtop.close();
    }

    private static String version(String state, String message) {
        return ServingJson.version(state, message, DIGEST);
    }

    @Test
    void listsModelsAndTheirVersions() {
        assertThat(terminal.run("models").out()).contains("risk", "1.2.3", "production 1.2.3", "alice");
        assertThat(terminal.run("models", "list").out())
                .isEqualTo(terminal.run("models").out());
        assertThat(terminal.run("models", "ls", "ri sk").out()).contains("There is no model");
        assertThat(terminal.run("models", "ls", "--json").out()).contains("\"approvalRequired\": true");
        assertThat(terminal.run("models", "versions", "risk").out())
                .contains("1.2.3", "READY", "PENDING", "production");
    }

    @Test
    void showsAModelAndOneOfItsVersions() {
        // When
        var model = terminal.run("models", "show", "risk").out();
        var version = terminal.run("models", "show", "risk@production").out();

        // Then
        assertThat(model).contains("by a second person", "the owner alone", "risk@1.2.3");
        assertThat(version).contains("X  FP32 ?×3", "model.onnx  7 bytes", "auc 0.9", "PENDING");
        assertThat(benchtop.requests.getLast().line()).endsWith("/versions/production");
    }

    @Test
    void movesAnAliasAndTakesItAway() {
        assertThat(terminal.run("models", "alias", "risk", "production", "1.2.3")
                        .out())
                .contains("risk@production is 1.2.3 now.");
        assertThat(benchtop.requests.getLast().body()).isEqualTo("{\"version\":\"1.2.3\"}");
        assertThat(terminal.run("models", "alias", "risk", "production", "--delete")
                        .exitCode())
                .isZero();
        assertThat(benchtop.requests).hasSize(2);
    }

    @Test
    void refusesAnAliasWithBothAVersionAndItsEnd() {
        assertThat(terminal.run("models", "alias", "risk", "production").exitCode())
                .isEqualTo(2);
        assertThat(terminal.run("models", "alias", "risk", "production", "1.2.3", "--delete")
                        .exitCode())
                .isEqualTo(2);
        assertThat(benchtop.requests).isEmpty();
    }

    private static final String WEBHOOK = "5b1f0c6e5d6f4d0c9c0e4b6a7d2f8e13";

    private static String webhook(String delivery) {
        return "{\"id\":\"" + WEBHOOK
                + "\",\"url\":\"https://hooks.example.org/models\",\"events\":[\"version.ready\"],"
                + "\"createdBy\":\"alice\",\"createdAt\":\"2026-11-27T09:00:00Z\",\"deliveries\":[" + delivery + "]}";
    }

    @Test
    void listsWhoIsToldAndWhatBecameOfTheLastDelivery() {
        // Given
        var delivery = "{\"id\":\"d\",\"event\":\"version.ready\",\"state\":\"WAITING\",\"attempts\":3,"
                + "\"lastStatus\":\"It answered 503.\",\"nextTry\":\"2026-11-27T09:10:00Z\",\"createdAt\":\"2026-11-27T09:00:00Z\"}";
        benchtop.json("GET " + MODELS + "/risk/webhooks", 200, "{\"webhooks\":[" + webhook(delivery) + "]}")
                .json("GET " + MODELS + "/quiet/webhooks", 200, "{\"webhooks\":[]}");

        // Then
        assertThat(terminal.run("models", "webhooks", "ls", "risk").out())
                .contains(WEBHOOK, "https://hooks.example.org/models", "version.ready WAITING: It answered 503.");
        assertThat(terminal.run("models", "webhooks", "ls", "quiet").out())
                .contains("Nobody is told what happens to quiet.");
    }

    @Test
    void aNewWebhooksSecretIsAllThatIsPrinted() {
        // Given
        benchtop.json(
                "POST " + MODELS + "/risk/webhooks",
                201,
                "{\"webhook\":" + webhook("") + ",\"secret\":\"whsec_c2VjcmV0\"}");

        // When
        var outcome = terminal.run(
                "models", "webhooks", "add", "risk", "https://hooks.example.org/models", "--events", "version.ready");

        // Then
        assertThat(outcome.out()).isEqualTo("whsec_c2VjcmV0\n");
        assertThat(outcome.err()).contains(WEBHOOK, "version.ready", "not shown again");
        assertThat(benchtop.requests.getLast().body())
                .isEqualTo("{\"url\":\"https://hooks.example.org/models\",\"events\":[\"version.ready\"]}");
    }

    @Test
    void aWebhookIsRemoved() {
        // Given
        benchtop.json("DELETE " + MODELS + "/risk/webhooks/" + WEBHOOK, 204, "");

        // Then
        assertThat(terminal.run("models", "webhooks", "rm", "risk", WEBHOOK).out())
                .contains("Webhook " + WEBHOOK + " of risk is removed.");
        assertThat(terminal.run("models", "webhooks", "rm", "risk", "none").exitCode())
                .isNotZero();
    }

    @Test
    void approvesAVersionWithAComment() {
        // When
        var outcome = terminal.run("models", "approve", "risk@1.2.3", "--comment", "good");

        // Then
        assertThat(outcome.exitCode()).isZero();
        assertThat(benchtop.requests.getLast().body()).isEqualTo("{\"comment\":\"good\"}");
    }

    @Test
    void tellsWhyAReviewIsRefused() {
        // Given
        benchtop.problem("POST " + VERSION + ":reject", 403, "forbidden", "You published it yourself.");

        // When
        var outcome = terminal.run("models", "reject", "risk@1.2.3");

        // Then
        assertThat(outcome.exitCode()).isEqualTo(5);
        assertThat(outcome.err()).contains("You published it yourself.");
    }

    @Test
    void needsToKnowWhichVersionIsMeant() {
        for (var command : new String[] {"approve", "reject", "rm"}) {
            // When
            var outcome = terminal.run("models", command, "risk");

            // Then
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err()).contains("risk@1.2.3");
        }
        assertThat(terminal.run("models", "show", "risk@").exitCode()).isEqualTo(2);
        assertThat(benchtop.requests).isEmpty();
    }

    @Test
    void deletesOnlyWhatOneMeans() {
        assertThat(terminal.run("models", "rm", "risk@1.2.3").exitCode()).isEqualTo(2);
        terminal.typing("risk");
        assertThat(terminal.run("models", "rm", "risk@1.2.3").err()).contains("Nothing was deleted.");
        assertThat(benchtop.requests).isEmpty();
        assertThat(terminal.run("models", "delete", "risk@1.2.3", "--yes").out())
                .contains("risk@1.2.3 is deleted.");
    }

    @Test
    void downloadsFilesWhoseDigestIsThePublishedOne() {
        // When
        var outcome = terminal.run(
                "models", "download", "risk@production", home.resolve("risk").toString());

        // Then
        assertThat(outcome.out()).contains("1 files of risk@1.2.3");
        assertThat(home.resolve("risk/model.onnx")).hasContent("weights");
    }

    @Test
    void keepsNoFileWhoseDigestIsAnother() {
        // Given
        benchtop.text("GET " + VERSION + "/files/model%2Eonnx", "application/octet-stream", "wrights");

        // When
        var outcome = terminal.run(
                "models", "download", "risk@1.2.3", home.resolve("risk").toString());

        // Then
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("model.onnx", "SHA-256");
        assertThat(home.resolve("risk")).isEmptyDirectory();
    }

    @Test
    void writesNoFileOutsideTheFolder() {
        // Given
        benchtop.json("GET " + VERSION, 200, version("READY", "null").replace("model.onnx", "../../model.onnx"));

        // When
        var outcome = terminal.run(
                "models", "download", "risk@1.2.3", home.resolve("risk").toString());

        // Then
        assertThat(outcome.err()).contains("is no path of a model's file");
        assertThat(home.resolve("../model.onnx")).doesNotExist();
    }

    private String[] publishing() throws IOException {
        var model = Files.writeString(home.resolve("risk.onnx"), "weights");
        var sample = Files.writeString(home.resolve("s.json"), "{\"inputs\":[],\"outputs\":[]}");
        return new String[] {
            "models", "publish", model.toString(), "--name", "risk", "--sample", sample.toString(), "--bump", "minor"
        };
    }

    private void takesFiles() {
        var put = "{\"path\":\"any\",\"size\":7}";
        benchtop.json("POST " + MODELS + "/risk/versions", 201, version("UPLOADING", "null"))
                .json("PUT " + VERSION + "/files/model%2Eonnx", 200, put)
                .json("PUT " + VERSION + "/files/sample%2Ejson", 200, put)
                .json("POST " + VERSION + ":commit", 202, version("CHECKING", "null"));
    }

    @Test
    void publishesAModelWithItsSample() throws IOException {
        // Given
        takesFiles();

        // When
        var outcome = terminal.run(publishing());

        // Then
        assertThat(outcome.out()).contains("risk@1.2.3 is published.");
        assertThat(outcome.err()).contains("sending", "being checked");
        assertThat(benchtop.requests.getFirst().body())
                .contains("\"bump\":\"minor\"", "\"format\":\"onnx\"", "\"sample.json\"", DIGEST);
        assertThat(benchtop.requests)
                .anySatisfy(request -> assertThat(request.body()).isEqualTo("weights"));
    }

    @Test
    void tellsWhyAModelWasRefused() throws IOException {
        // Given
        takesFiles();
        benchtop.json("GET " + VERSION, 200, version("REFUSED", "\"Output 'p' differs by 0.5.\""));

        // When
        var outcome = terminal.run(publishing());

        // Then
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("is not published", "REFUSED: Output 'p' differs by 0.5.");
    }

    @Test
    void throwsAwayAVersionWhoseFilesDoNotArrive() throws IOException {
        // Given
        takesFiles();
        benchtop.problem("PUT " + VERSION + "/files/model%2Eonnx", 507, "disk_full", "The disk for models is full.");

        // When
        var outcome = terminal.run(publishing());

        // Then
        assertThat(outcome.err()).contains("The disk for models is full.");
        assertThat(benchtop.requests.getLast().line()).isEqualTo("DELETE " + VERSION);
    }

    @Test
    void beginsNothingWithoutItsFiles() throws IOException {
        // Given
        var command = publishing();
        Files.delete(home.resolve("s.json"));

        // When
        var outcome = terminal.run(command);

        // Then
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("s.json");
        assertThat(benchtop.requests).isEmpty();
    }
}
