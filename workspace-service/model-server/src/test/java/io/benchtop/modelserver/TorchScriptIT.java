package io.benchtop.modelserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.modelserver.testing.CheckRun;
import io.benchtop.modelserver.testing.RunningServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A TorchScript model beside an ONNX one. PyTorch comes out of its jar; nothing asks the network. */
class TorchScriptIT {

    private static final Path FLOWER = Path.of("src/test/resources/torchscript/flower");

    @TempDir
    private Path folder;

    @Test
    void itIsServedBesideAnOnnxModel() throws IOException {
        // Given
        List<String> options =
                List.of("--model", "flower=" + FLOWER, "--model", "iris=" + RunningServer.MODELS.resolve("iris"));
        try (RunningServer server = RunningServer.start(options)) {
            // When
            HttpResponse<String> answer =
                    server.post("/v2/models/flower/infer", Files.readString(FLOWER.resolve("sample.json")));
            HttpResponse<String> wrong = server.post(
                    "/v2/models/flower/infer",
                    "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,3],\"datatype\":\"FP32\",\"data\":[1,2,3]}]}");
            HttpResponse<String> onnx = server.post(
                    "/v2/models/iris/infer", Files.readString(RunningServer.MODELS.resolve("iris/sample.json")));

            // Then
            assertThat(server.get("/v2/models/flower").body()).contains("\"platform\":\"pytorch_torchscript\"");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("{\"name\":\"label\",\"datatype\":\"INT64\",\"shape\":[3],\"data\":[1,2,2]}")
                    .contains("\"shape\":[3,3]");
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(onnx.statusCode()).isEqualTo(200);
            assertThat(server.log()).doesNotContain("LEAK");
        }
    }

    @Test
    void itsSampleIsChecked() throws Exception {
        assertThat(CheckRun.of(FLOWER, folder, 100)).startsWith("{\"ok\":true,\"platform\":\"pytorch_torchscript\"");
    }

    @Test
    void aFileThatIsNoModelIsFound() throws Exception {
        // Given
        for (String file : List.of("signature.json", "sample.json")) {
            Files.copy(FLOWER.resolve(file), folder.resolve(file));
        }
        Files.writeString(folder.resolve("model.pt"), "garbage");

        // Then
        assertThat(CheckRun.of(folder, folder, 100)).startsWith("{\"ok\":false,\"code\":\"LOAD_FAILED\"");
    }
}
