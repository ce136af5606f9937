package io.benchtop.service.http.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import io.benchtop.service.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelHistoryTest {

    private static String model(String path) {
        return "{\"artifact_path\":\"" + path + "\",\"run_id\":\"r\",\"utc_time_created\":\"t\",\"signature\":{},"
                + "\"flavors\":{\"sklearn\":{\"code\":null,\"config\":{\"a\":1}},\"odd\":3}}";
    }

    @Test
    void keepsWhatMlflowKeepsOfEachModelOldestFirst() {
        // When
        String first = ModelHistory.with(null, ModelHistory.entry(model("a")));
        String second = ModelHistory.with(first, ModelHistory.entry(model("b")));

        // Then
        assertThat(JsonParser.parseString(second).getAsJsonArray())
                .extracting(
                        entry -> entry.getAsJsonObject().get("artifact_path").getAsString())
                .containsExactly("a", "b");
        assertThat(JsonParser.parseString(first))
                .isEqualTo(
                        JsonParser.parseString(
                                "[{\"artifact_path\":\"a\",\"run_id\":\"r\",\"utc_time_created\":\"t\",\"flavors\":{\"sklearn\":{\"code\":null},\"odd\":3}}]"));
    }

    @Test
    void theOldestGoesWhenTheTagIsFull() {
        // Given
        String value = null;

        // When
        for (int number = 0; number < 100; number++) {
            value = ModelHistory.with(value, ModelHistory.entry(model("model " + number)));
        }

        // Then
        assertThat(value).hasSizeLessThanOrEqualTo(8_000).contains("model 99").doesNotContain("\"model 0\"");
        assertThatThrownBy(() -> ModelHistory.with(null, ModelHistory.entry(model("x".repeat(8_000)))))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aTagThatSomebodySetToSomethingElseBeginsAnew() {
        assertThat(ModelHistory.with("not [ json", ModelHistory.entry(model("a"))))
                .startsWith("[{");
        assertThat(ModelHistory.with("{}", ModelHistory.entry(model("a")))).startsWith("[{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json {",
                "[]",
                "{}",
                "{\"artifact_path\":\"a\",\"run_id\":\"r\",\"utc_time_created\":\"t\",\"flavors\":[]}"
            })
    void refusesWhatIsNoModel(String json) {
        assertThatThrownBy(() -> ModelHistory.entry(json)).isInstanceOf(ProblemException.class);
    }
}
