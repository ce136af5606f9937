package io.benchtop.service.model.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.kubernetes.FileServer;
import io.benchtop.service.model.CheckLimits;
import io.benchtop.service.model.FetchTokens;
import io.benchtop.service.model.ModelGate.Verdict;
import io.benchtop.service.model.ModelName;
import io.benchtop.service.model.ModelPlace;
import io.benchtop.service.model.SemanticVersion;
import io.benchtop.service.spawn.kubernetes.TestingCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real model-server checks in pods of a real cluster. */
class PodModelGateIT {

    private static final Path MODELS = Path.of("../model-server/src/test/resources/models");
    private static final FetchTokens TOKENS = new FetchTokens(new byte[32]);
    private static final ModelPlace PLACE = new ModelPlace(new ModelName("iris"), SemanticVersion.parse("0.0.1"));

    private static TestingCluster cluster;
    private static FileServer files;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        cluster = TestingCluster.open("gate");
        files = new FileServer(cluster.client());
    }

    @AfterAll
    static void close() {
        if (files != null) {
            files.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    private Verdict check(Path model, CheckLimits limits) {
        files.give("iris/0.0.1", model, TOKENS.of(PLACE));
        ModelPodSettings settings = new ModelPodSettings(
                cluster.namespace(),
                "testing",
                files.url(),
                null,
                List.of(ModelHardware.plain("default", cluster.built("model-server"), "50m", "16Mi", "1Gi")),
                "default");
        try (PodModelGate gate = PodModelGate.connect(settings, TOKENS, limits, Duration.ofMinutes(2))) {
            return gate.check(PLACE, model);
        } finally {
            assertThat(cluster.client()
                            .secrets()
                            .inNamespace(cluster.namespace())
                            .list()
                            .getItems())
                    .isEmpty();
        }
    }

    private static final CheckLimits LIMITS = new CheckLimits(Duration.ofSeconds(60), 1024);

    @Test
    void aModelThatAnswersItsSamplePasses() {
        // When
        Verdict verdict = check(MODELS.resolve("iris"), LIMITS);

        // Then
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Passed.class, passed -> {
            assertThat(passed.check().platform()).isEqualTo("onnx_onnxv1");
            assertThat(passed.check().inputs()).isNotEmpty();
            assertThat(passed.check().loadMillis()).isPositive();
        });
    }

    @Test
    void aFileThatIsNoModelIsRefusedWithASentence() throws IOException {
        // Given
        Files.writeString(folder.resolve("model.onnx"), "this is no model");
        Files.copy(MODELS.resolve("iris/sample.json"), folder.resolve("sample.json"));

        // When
        Verdict verdict = check(folder, LIMITS);

        // Then
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo("LOAD_FAILED"));
    }

    @Test
    void oneThatTakesMoreMemoryThanACheckHasIsEndedAndThatIsSaid() {
        // When
        Verdict verdict = check(MODELS.resolve("iris"), new CheckLimits(Duration.ofSeconds(60), 20));

        // Then
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo("OUT_OF_MEMORY"));
    }

    @Test
    void aCheckThatCouldNotBeginIsNoVerdict() {
        // Given: the token of another version is shown.
        files.give("iris/0.0.1", MODELS.resolve("iris"), "another");
        ModelPodSettings settings = new ModelPodSettings(
                cluster.namespace(),
                "testing",
                files.url(),
                null,
                List.of(ModelHardware.plain("default", cluster.built("model-server"), "50m", "64Mi", "1Gi")),
                "default");

        // Then
        try (PodModelGate gate = PodModelGate.connect(settings, TOKENS, LIMITS, Duration.ofMinutes(2))) {
            assertThatThrownBy(() -> gate.check(PLACE, folder))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("401");
        }
    }
}
