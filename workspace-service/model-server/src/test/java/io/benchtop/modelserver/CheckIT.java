package io.benchtop.modelserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.modelserver.testing.CheckRun;
import io.benchtop.modelserver.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code check} finds of good and bad versions, each in a process of its own. */
class CheckIT {

    @TempDir
    private Path folder;

    private String check(Path version, int seconds) throws IOException, InterruptedException {
        return CheckRun.of(version, folder, seconds);
    }

    private Path copy(String model) throws IOException {
        Path version = Files.createDirectory(folder.resolve("version"));
        for (String file : List.of("model.onnx", "signature.json", "sample.json")) {
            Files.copy(RunningServer.MODELS.resolve(model).resolve(file), version.resolve(file));
        }
        return version;
    }

    private static void replace(Path file, String old, String now) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, now));
    }

    @Test
    void aGoodVersionIsDescribedAndMeasured() throws Exception {
        assertThat(check(RunningServer.MODELS.resolve("iris"), 100))
                .startsWith(
                        "{\"ok\":true,\"platform\":\"onnx_onnxv1\",\"inputs\":[{\"name\":\"X\",\"datatype\":\"FP32\"")
                .contains("\"loadMillis\":", "\"inferMicros\":{\"p50\":", "\"p99\":", "\"onnxRuntime\":\"")
                .contains("\"maxAbsoluteDifference\":", "\"maxRelativeDifference\":");
    }

    @Test
    void anAnswerOtherThanTheSampleSays() throws Exception {
        // Given
        Path version = copy("lookup");
        replace(version.resolve("sample.json"), "[4.5]", "[4.6]");

        // Then
        assertThat(check(version, 100))
                .startsWith("{\"ok\":false,\"code\":\"SAMPLE_DIFFERS\",\"message\":\"")
                .contains("found", "widen the sample's tolerance");
    }

    @Test
    void aFileThatIsNoModel() throws Exception {
        // Given
        Path version = copy("iris");
        Files.writeString(version.resolve("model.onnx"), "garbage");

        // Then
        assertThat(check(version, 100)).startsWith("{\"ok\":false,\"code\":\"LOAD_FAILED\"");
    }

    @Test
    void aSignatureOfAnotherModel() throws Exception {
        // Given
        Path version = copy("iris");
        replace(version.resolve("signature.json"), "\"X\"", "\"Y\"");

        // Then
        assertThat(check(version, 100)).startsWith("{\"ok\":false,\"code\":\"SIGNATURE_DIFFERS\"");
    }

    @Test
    void aVersionWithoutASample() throws Exception {
        // Given
        Path version = copy("iris");
        Files.delete(version.resolve("sample.json"));

        // Then
        assertThat(check(version, 100)).startsWith("{\"ok\":false,\"code\":\"SAMPLE_INVALID\"");
    }

    @Test
    void aSampleOnWhichTheModelFails() throws Exception {
        // Given
        Path version = copy("lookup");
        replace(version.resolve("sample.json"), "\"data\": [3]", "\"data\": [77]");

        // Then
        assertThat(check(version, 100)).startsWith("{\"ok\":false,\"code\":\"SAMPLE_FAILED\"");
    }

    @Test
    void aRunThatDoesNotEnd() throws Exception {
        // Given
        Path version = copy("slow");
        replace(version.resolve("sample.json"), "\"data\": [1]", "\"data\": [2000000000]");

        // Then
        assertThat(check(version, 5))
                .startsWith("{\"ok\":false,\"code\":\"TIMEOUT\"")
                .contains("within 5 s");
    }

    @Test
    void anEmptyFolder() throws Exception {
        assertThat(check(folder, 100))
                .startsWith("{\"ok\":false,\"code\":\"LOAD_FAILED\"")
                .contains("model.onnx");
    }

    /** Whatever machine this runs on: the build has ONNX Runtime and PyTorch without CUDA. */
    @ParameterizedTest
    @ValueSource(strings = {"models/iris", "torchscript/flower"})
    void cudaIsNotQuietlyReplacedByTheCpu(String model) throws Exception {
        // Given
        Path version = RunningServer.MODELS.resolveSibling(model);

        // Then
        assertThat(CheckRun.of(version, folder, 100, "--device", "cuda"))
                .startsWith("{\"ok\":false,\"code\":\"LOAD_FAILED\"")
                .contains("is to run models on CUDA");
        assertThat(CheckRun.of(version, folder, 100, "--device", "auto")).startsWith("{\"ok\":true");
    }
}
