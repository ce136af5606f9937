package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.experiment.DatasetInput;
import io.benchtop.service.http.page.RunMaking.Fact;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunMakingTest {

    private static List<Fact> facts(Map<String, String> tags) {
        return RunMaking.of(tags, id -> id == null ? null : new OriginView.Place("Exp", "/workspaces/" + id))
                .facts();
    }

    @Test
    void saysAllThatTheSdkTold() {
        assertThat(facts(Map.of(
                        "benchtop.workspace", "ws_1",
                        "mlflow.source.type", "NOTEBOOK",
                        "mlflow.source.name", "a/train.ipynb",
                        "benchtop.notebook.code_sha256", "0123456789abcdef",
                        "mlflow.source.git.commit", "fedcba9876543210",
                        "mlflow.source.git.branch", "trees",
                        "mlflow.source.git.repoURL", "https://git.example/x.git",
                        "mlflow.source.git.dirty", "true",
                        "benchtop.image", "registry.example/cpu:1",
                        "benchtop.used.cpu_seconds", "123.45")))
                .containsExactly(
                        new Fact("Workspace", "Exp", "", "/workspaces/ws_1"),
                        new Fact("Notebook", "a/train.ipynb", "code 0123456789ab", null),
                        new Fact(
                                "Git",
                                "fedcba987654",
                                "branch trees of https://git.example/x.git with changes that were not committed",
                                null),
                        new Fact("Image", "registry.example/cpu:1", "", null),
                        new Fact("Processor time", "2 min", "", null));
    }

    @Test
    void saysNothingOfARunFromElsewhere() {
        assertThat(facts(Map.of("mlflow.source.type", "LOCAL", "mlflow.source.name", "/usr/bin/python")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "much", "-1", "NaN", "Infinity", "1e300"})
    void whatIsNoAmountIsNoFact(String told) {
        assertThat(facts(Map.of("benchtop.used.cpu_seconds", told, "benchtop.used.peak_memory_bytes", told)))
                .isEmpty();
    }

    @Test
    void amountsAreTold() {
        assertThat(facts(Map.of("benchtop.used.cpu_seconds", "0.25", "benchtop.used.peak_memory_bytes", "157286400")))
                .containsExactly(
                        new Fact("Processor time", "0.25 s", "", null),
                        new Fact("Memory", "150 MiB", "at most, of the kernel", null));
    }

    @Test
    void aDatasetOfOursHasAPage() {
        assertThat(input("benchtop", "{\"uri\":\"bt://ada/orders@2\"}"))
                .isEqualTo(new RunInput("orders", "2", "d1", "dataset", "/datasets/ada/orders?version=2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"uri\":\"bt://../orders@2\"}",
                "{\"uri\":\"bt://ada/orders@0\"}",
                "{\"uri\":\"bt://ada/orders@99999999999999999999\"}",
                "orders.csv"
            })
    void whatOnlyLooksLikeOneHasNone(String source) {
        assertThat(input("benchtop", source)).isEqualTo(new RunInput("orders", "", "d1", "benchtop", null));
    }

    private static RunInput input(String kind, String source) {
        return RunInput.of(new DatasetInput("orders", "d1", kind, source, null, null, Map.of()));
    }
}
