package io.benchtop.service.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.experiment.LoggedModel.Status;
import io.benchtop.service.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelQueryTest {

    private static final RunId RUN = RunId.random();
    private static final MeasuredData ANY = new MeasuredData(null, null);
    private static final MeasuredData TEST = new MeasuredData("test", null);

    /** Told of one model on three kinds of data; of others less, and of the last nothing. */
    private static final List<MeasuredModel> MODELS = List.of(
            model(
                    "tree",
                    "sklearn",
                    1,
                    metric("accuracy", 0.9, 1, 5, null, null),
                    metric("accuracy", 0.5, 2, 1, "test", "1"),
                    metric("the loss", 0.0, 1, 1, "test", "2")),
            model("net", "", 2, metric("accuracy", 0.7, 1, 1, "test", "2")),
            model("strange", "torch", 3, metric("accuracy", Double.NaN, 1, 1, null, null)),
            model("silent", "sklearn", 4));

    private static MeasuredModel model(String name, String type, long createdAt, Measured... metrics) {
        LoggedModel model = new LoggedModel(
                LoggedModel.freshId(),
                new ExperimentId("1"),
                name,
                "alice",
                null,
                Status.LOGGED_MODEL_READY,
                type,
                createdAt,
                createdAt,
                Map.of("depth", Long.toString(createdAt)),
                Map.of());
        return new MeasuredModel(
                model,
                Stream.of(metrics)
                        .map(one -> new ModelMetric.Told(
                                RUN, new ModelMetric(model.id(), one.metric(), one.data(), one.digest())))
                        .toList());
    }

    private record Measured(
            Metric metric, @Nullable String data, @Nullable String digest) {}

    private static Measured metric(
            String key, double value, long at, long step, @Nullable String data, @Nullable String digest) {
        return new Measured(new Metric(key, value, at, step), data, digest);
    }

    private static List<String> names(ModelQuery query) {
        return MODELS.stream()
                .filter(query.filter())
                .sorted(query.order())
                .map(one -> one.model().name())
                .toList();
    }

    static Stream<Arguments> filters() {
        return Stream.of(
                Arguments.of("", List.of(), List.of("silent", "strange", "net", "tree")),
                Arguments.of("metrics.accuracy > 0.6", List.of(), List.of("net", "tree")),
                Arguments.of("metrics.accuracy > 0.6", List.of(TEST), List.of("net")),
                Arguments.of("metrics.accuracy <= 0.5", List.of(TEST), List.of("tree")),
                Arguments.of("metrics.accuracy != 0.5", List.of(), List.of("strange", "net", "tree")),
                Arguments.of("metrics.`the loss` = -0", List.of(), List.of("tree")),
                Arguments.of("", List.of(TEST), List.of("net", "tree")),
                Arguments.of("", List.of(new MeasuredData("test", "1")), List.of("tree")),
                Arguments.of(
                        "",
                        List.of(new MeasuredData("test", "3"), new MeasuredData("test", "2")),
                        List.of("net", "tree")),
                Arguments.of("name IN ('net', 'tree') and params.depth = '1'", List.of(), List.of("tree")),
                Arguments.of("name NOT IN ('net', 'tree')", List.of(), List.of("silent", "strange")),
                Arguments.of("model_type = 'sklearn'", List.of(), List.of("silent", "tree")));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void findsModelsByWhatWasMeasured(String filter, List<MeasuredData> data, List<String> expected) {
        assertThat(names(ModelQuery.of(filter, data, List.of()))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "name;false;;net silent strange tree",
                "name;true;;tree strange silent net",
                "creation_timestamp;false;;tree net strange silent",
                "model_type;false;;net silent tree strange",
                "model_type;true;;strange silent tree net",
                "metrics.accuracy;false;;tree net silent strange",
                "metrics.accuracy;true;;net tree silent strange",
                "metrics.the loss;true;test;tree silent strange net",
                "metrics.accuracy;true;elsewhere;silent strange net tree"
            })
    void theLatestValueCountsAndModelsWithoutOneComeLast(
            String field, boolean descending, @Nullable String data, String expected) {
        // Given
        ModelOrder order = new ModelOrder(field, descending, new MeasuredData(data, null));

        // Then
        assertThat(String.join(" ", names(ModelQuery.of("", List.of(), List.of(order)))))
                .isEqualTo(expected);
    }

    @Test
    void saysWhetherWhatWasMeasuredIsNeeded() {
        assertThat(ModelQuery.of("name = 'a'", List.of(), List.of(new ModelOrder("name", false, ANY)))
                        .needsMetrics())
                .isFalse();
        assertThat(ModelQuery.of("metrics.a > 1", List.of(), List.of()).needsMetrics())
                .isTrue();
        assertThat(ModelQuery.of("", List.of(TEST), List.of()).needsMetrics()).isTrue();
        assertThat(ModelQuery.of("", List.of(), List.of(new ModelOrder("metrics.a", true, ANY)))
                        .needsMetrics())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "metrics.a > 'x';must be a number",
                "metrics.a LIKE 1;must be one of",
                "name NOT LIKE 'a';NOT can only stand before IN",
                "name IN 'a';in a list such as",
                "colour = 1;metrics.<name>"
            })
    void refusesWhatCannotBeAsked(String filter, String words) {
        assertThatThrownBy(() -> ModelQuery.of(filter, List.of(), List.of()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(words);
    }
}
