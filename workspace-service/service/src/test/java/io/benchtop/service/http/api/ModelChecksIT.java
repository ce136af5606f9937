package io.benchtop.service.http.api;

import static io.benchtop.service.http.api.DataRequests.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.service.MutableClock;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import io.benchtop.service.model.FakeModelGate;
import io.benchtop.service.model.FetchTokens;
import io.benchtop.service.model.ModelName;
import io.benchtop.service.model.ModelPlace;
import io.benchtop.service.model.Publishing;
import io.benchtop.service.model.SemanticVersion;
import io.benchtop.service.model.walk.OnnxFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of versions when a service ends in the middle, or nobody goes on with them. */
class ModelChecksIT {

    private static final String VERSION = "/api/v1/models/risk/versions/0.0.1";
    private static final String ONNX = new String(OnnxFiles.good(), StandardCharsets.US_ASCII);

    @TempDir
    private Path data;

    private TestingService start() {
        return TestingService.start(
                data,
                Map.of(
                        "testing.fake-spawner",
                        "true",
                        "testing.fake-model-gate",
                        "true",
                        "testing.clock",
                        "2026-11-26T10:00:00Z"));
    }

    private static void upload(TestingClient client) throws NoSuchAlgorithmException {
        upload(client, "risk");
    }

    private static void upload(TestingClient client, String model) throws NoSuchAlgorithmException {
        String sha256 = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(ONNX.getBytes(StandardCharsets.US_ASCII)));
        ok(client.post("/api/v1/models/" + model + "/versions", """
                {"format":"onnx","files":[{"path":"model.onnx","size":%d,"sha256":"%s"}],"sample":{
                "inputs":[{"name":"X","datatype":"FP32","shape":[1],"data":[1]}],
                "outputs":[{"name":"Y","datatype":"FP32","shape":[1],"data":[1]}]}}""".formatted(ONNX.length(), sha256)));
        ok(client.send(
                "PUT",
                "/api/v1/models/" + model + "/versions/0.0.1/files/model.onnx",
                "application/octet-stream",
                ONNX));
    }

    private static String state(TestingClient client) {
        return ok(client.get(VERSION)).get("state").getAsString();
    }

    @Test
    void aVersionWhoseCheckWasBrokenOffIsCheckedAgainByTheNextService() throws NoSuchAlgorithmException {
        // Given
        try (TestingService service = start()) {
            TestingClient alice = service.program("alice", Role.DEVELOPER);
            FakeModelGate gate = service.bean(FakeModelGate.class);
            gate.breakDown();
            upload(alice);
            ok(alice.post(VERSION + ":commit", "{}"));
            await().until(() -> !gate.asked().isEmpty());
            assertThat(state(alice)).isEqualTo("CHECKING");
        }

        // When
        try (TestingService service = start()) {
            TestingClient alice = service.program("alice", Role.DEVELOPER);

            // Then
            await().until(() -> state(alice).equals("READY"));
            assertThat(alice.get(VERSION + "/files/model.onnx").body()).isEqualTo(ONNX);
        }
    }

    @Test
    void versionsThatCannotBeCheckedHoldUpNobodyElse() throws NoSuchAlgorithmException {
        try (TestingService service = start()) {
            // Given: more than any look takes at once
            TestingClient alice = service.program("alice", Role.DEVELOPER);
            FakeModelGate gate = service.bean(FakeModelGate.class);
            gate.breakDown("stuck");
            for (int number = 0; number < 25; number++) {
                upload(alice, "stuck-" + number);
                ok(alice.post("/api/v1/models/stuck-" + number + "/versions/0.0.1:commit", "{}"));
            }

            // When
            upload(alice);
            ok(alice.post(VERSION + ":commit", "{}"));

            // Then
            await().until(() -> state(alice).equals("READY"));
            assertThat(ok(alice.get("/api/v1/models/stuck-0/versions/0.0.1"))
                            .get("state")
                            .getAsString())
                    .isEqualTo("CHECKING");
        }
    }

    @Test
    void whatNobodyCommitsIsRemovedAfterADay() throws NoSuchAlgorithmException, IOException {
        try (TestingService service = start()) {
            // Given
            upload(service.program("alice", Role.DEVELOPER));
            MutableClock clock = service.bean(MutableClock.class);
            Publishing publishing = service.bean(Publishing.class);
            Path uploaded = data.resolve("models/uploads/risk/0.0.1");

            // When
            clock.advance(Duration.ofHours(23));
            publishing.sweep();
            boolean before = Files.exists(uploaded);
            clock.advance(Duration.ofHours(2));
            publishing.sweep();

            // Then
            assertThat(before).isTrue();
            assertThat(uploaded).doesNotExist();
            assertThat(service.program("alice", Role.DEVELOPER).get(VERSION).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void filesOfAVersionAreForWhoShowsItsTokenAlsoWhileItIsChecked() throws NoSuchAlgorithmException {
        try (TestingService service = start()) {
            // Given
            TestingClient alice = service.program("alice", Role.DEVELOPER);
            FakeModelGate gate = service.bean(FakeModelGate.class);
            FetchTokens tokens = service.bean(FetchTokens.class);
            gate.breakDown();
            upload(alice);
            String files = "/internal/model-files/risk/0.0.1";
            TestingClient pod = service.anonymous().with("Authorization", "Bearer " + tokens.of(place("0.0.1")));
            TestingClient otherPod = service.anonymous().with("Authorization", "Bearer " + tokens.of(place("0.0.2")));
            int uploading = pod.get(files + "/manifest.json").statusCode();
            ok(alice.post(VERSION + ":commit", "{}"));

            // Then
            assertThat(uploading).isEqualTo(404);
            assertThat(ok(pod.get(files + "/manifest.json")).get("files").toString())
                    .contains("model.onnx", "sample.json");
            assertThat(pod.get(files + "/files/model.onnx").body()).isEqualTo(ONNX);
            assertThat(pod.get(files + "/files/passwd").statusCode()).isEqualTo(404);
            assertThat(otherPod.get(files + "/manifest.json").statusCode()).isEqualTo(401);
            assertThat(alice.get(files + "/files/model.onnx").statusCode()).isEqualTo(401);
            assertThat(service.anonymous().get(files + "/files/model.onnx").statusCode())
                    .isEqualTo(401);
        }
    }

    private static ModelPlace place(String version) {
        return new ModelPlace(new ModelName("risk"), SemanticVersion.parse(version));
    }
}
