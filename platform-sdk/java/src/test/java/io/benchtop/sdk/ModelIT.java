package io.benchtop.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.sdk.model.Bump;
import io.benchtop.sdk.model.ModelFile;
import io.benchtop.sdk.model.Publication;
import io.benchtop.sdk.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models as a Java notebook meets them: publishing, looking, approving, and what breaks. */
class ModelIT {

    private static final String VERSIONS = "/api/v1/models/late/versions";
    private static final Map<String, Tensor> ROWS = Map.of("X", Tensor.fp32(new double[][] {{1, 2}}));

    @TempDir
    private Path folder;

    private FakeServing service;
    private BenchtopClient client;

    @BeforeEach
    void start() throws IOException {
        service = new FakeServing();
        client = service.client(folder);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private static Publication late() {
        return ModelFile.logistic(new double[] {1, -1}, 0.5).name("late").sample(ROWS);
    }

    @Test
    void publishesTellsWhereItComesFromAndWaitsForTheCheck() {
        // Given
        service.states.clear();
        service.states.addAll(List.of("UPLOADING", "CHECKING", "CHECKING", "READY"));

        // When
        var version = client.publish(late().bump(Bump.MINOR)
                .description("a line")
                .metrics(Map.of("auc", 1))
                .tolerance(0.1, 0)
                .run("4f2a"));

        // Then
        assertThat(version.state()).isEqualTo("READY");
        assertThat(service.asked)
                .containsExactly(
                        "POST " + VERSIONS,
                        "PUT " + VERSIONS + "/0.0.2/files/model.onnx",
                        "POST " + VERSIONS + "/0.0.2:commit",
                        "GET " + VERSIONS + "/0.0.2",
                        "GET " + VERSIONS + "/0.0.2");
        assertThat(service.waits).containsExactly(1L, 1L);
        assertThat(service.keys).hasSize(1).doesNotContainNull();
        var asked = service.bodies.get("POST " + VERSIONS);
        assertThat(asked.get("bump").getAsString()).isEqualTo("minor");
        assertThat(asked.get("runId").getAsString()).isEqualTo("4f2a");
        assertThat(asked.get("metrics")).hasToString("{\"auc\":1.0}");
        var file = asked.getAsJsonArray("files").get(0).getAsJsonObject();
        assertThat(file.get("size").getAsInt()).isEqualTo(service.file.length);
        assertThat(file.get("sha256").getAsString()).hasSize(64);
        var sample = asked.getAsJsonObject("sample");
        assertThat(sample.get("inputs"))
                .hasToString("[{\"name\":\"X\",\"datatype\":\"FP32\",\"shape\":[1,2],\"data\":[1.0,2.0]}]");
        assertThat(sample.getAsJsonArray("outputs")).hasSize(2);
        assertThat(sample.get("tolerance")).hasToString("{\"absolute\":0.1,\"relative\":0.0}");
    }

    @Test
    void aFileIsSentAsItIsAndAgainWhereItBroke() throws IOException {
        // Given
        var model = Files.write(folder.resolve("risk.onnx"), new byte[] {1, 2, 3});
        service.statuses.addAll(List.of(200, 0, 503, 200));

        // When
        client.publish(ModelFile.onnx(model).name("late").version("1.2.0").sample(ROWS, ROWS));

        // Then
        assertThat(service.file).containsExactly(1, 2, 3);
        assertThat(service.asked)
                .filteredOn(request -> request.startsWith("PUT "))
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(service.bodies.get("POST " + VERSIONS).get("version").getAsString())
                .isEqualTo("1.2.0");
    }

    @Test
    void whatCannotBeCheckedIsRefusedBeforeAnythingIsSent() {
        // Given
        var file = ModelFile.onnx(new byte[] {1});

        // Then
        assertThatThrownBy(() -> client.publish(file.name("late"))).hasMessageContaining("sample_missing");
        assertThatThrownBy(() -> file.name("late").sample(ROWS)).hasMessageContaining("sample_incomplete");
        assertThatThrownBy(() -> client.publish(late().bump(Bump.MAJOR).version("1.0.0")))
                .hasMessageContaining("bad_version");
        assertThatThrownBy(() -> late().version("1.0")).hasMessageContaining("'1.0' is no version");
        assertThatThrownBy(() -> file.name("a/b")).hasMessageContaining("'a/b' is no name of a model");
        assertThatThrownBy(() -> client.publish(
                        ModelFile.onnx(folder.resolve("none.onnx")).name("late").sample(ROWS, ROWS)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none.onnx");
        assertThat(service.asked).isEmpty();
    }

    @Test
    void aRefusalHasTheCodeAndTheSentenceOfTheCheck() {
        // Given
        service.states.clear();
        service.states.add("REFUSED");

        // Then
        assertThatThrownBy(() -> client.publish(late()))
                .hasMessage("late 0.0.2 is not ready but REFUSED: It answers otherwise. [SAMPLE_DIFFERS]");
    }

    @Test
    void waitingEnds() {
        // Given
        var version = client.model("late").version("champion");
        service.states.clear();
        service.states.add("CHECKING");

        // Then
        var checking = version.now();
        assertThatThrownBy(() -> checking.await(Duration.ofSeconds(2)))
                .hasMessageContaining("still_checking")
                .hasMessageContaining("Benchtop.model(\"late\").version(\"0.0.2\").await()");
        assertThat(service.waits).hasSize(2);
    }

    @Test
    void modelsAndVersionsAreFoundAndChanged() {
        // Given
        var model = client.models("a b").get(0);
        var version = model.versions().get(0);

        // When
        model.setAlias("champion", version).removeAlias("old one");
        version.approve("well done");
        version.reject("too slow");
        version.describe("a line");
        version.delete();
        model.delete();

        // Then
        assertThat(model.latest().orElseThrow().version()).isEqualTo("0.0.2");
        assertThat(service.bodies)
                .hasEntrySatisfying(
                        "PUT /api/v1/models/late/aliases/champion",
                        body -> assertThat(body).hasToString("{\"version\":\"0.0.2\"}"))
                .hasEntrySatisfying(
                        "POST " + VERSIONS + "/0.0.2:reject",
                        body -> assertThat(body).hasToString("{\"comment\":\"too slow\"}"));
        assertThat(service.asked)
                .contains("DELETE /api/v1/models/late/aliases/old%20one", "DELETE " + VERSIONS + "/0.0.2");
        assertThat(version)
                .asString()
                .startsWith(
                        "ModelVersion(model: late, version: 0.0.2, state: READY, format: onnx, inputs: X FP32[-1, 2]")
                .contains("metrics: auc: 0.91", "aliases: champion");
        assertThat(model).asString().contains("latest: 0.0.2", "aliases: champion is 0.0.2");
    }
}
