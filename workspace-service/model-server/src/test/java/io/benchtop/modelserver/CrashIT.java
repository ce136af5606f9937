package io.benchtop.modelserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.modelserver.testing.RunningServer;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A native crash takes one process with it, and so only the models in that process. */
class CrashIT {

    private static RunningServer serve(String model) {
        return RunningServer.start(List.of("--model", model + "=" + RunningServer.MODELS.resolve(model)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SEGV", "KILL"})
    void anotherProcessGoesOnAnswering(String signal) throws Exception {
        // Given
        String sample = Files.readString(RunningServer.MODELS.resolve("iris/sample.json"));
        try (RunningServer crashing = serve("lookup");
                RunningServer other = serve("iris")) {
            // When
            int sent = new ProcessBuilder(
                            "kill",
                            "-" + signal,
                            Long.toString(crashing.process().pid()))
                    .start()
                    .waitFor();

            // Then
            assertThat(sent).isZero();
            for (int i = 0; i < 20; i++) {
                assertThat(other.post("/v2/models/iris/infer", sample).statusCode())
                        .isEqualTo(200);
            }
            assertThat(crashing.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(crashing.process().exitValue()).isNotZero();
            assertThat(other.get("/v2/health/ready").statusCode()).isEqualTo(200);

            // When
            try (RunningServer again = serve("lookup")) {
                // Then
                assertThat(again.get("/v2/models/lookup/ready").statusCode()).isEqualTo(200);
            }
        }
    }
}
