package io.benchtop.service.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.problem.ProblemException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What models, versions and aliases can be called, and how a version goes from state to state. */
class ModelNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "orders-risk", "Orders.Risk_2", "7", "console", "com10"})
    void aPlainNameIsOne(String name) {
        assertThatCode(() -> new ModelName(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a..b",
                "../x",
                "a/b",
                "a\\b",
                "-a",
                "a.",
                "con",
                "CON.onnx",
                "Lpt1",
                "aux",
                "a b",
                "ä",
                "a#b"
            })
    void s36ANameThatLeadsElsewhereIsNone(String name) {
        assertThatThrownBy(() -> new ModelName(name)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @CsvSource({"PATCH, 1.2.4", "MINOR, 1.3.0", "MAJOR, 2.0.0"})
    void aVersionGrowsInOnePart(Bump bump, String next) {
        assertThat(SemanticVersion.parse("1.2.3").next(bump)).hasToString(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2",
                "1.2.3.4",
                "01.2.3",
                "1.2.-3",
                "0.0.0",
                "1.2.1000000",
                "v1.2.3",
                "1.2.3-rc1",
                "../1"
            })
    void whatIsNotThreeNumbersIsNoVersion(String text) {
        assertThatThrownBy(() -> SemanticVersion.parse(text)).isInstanceOf(ProblemException.class);
    }

    @Test
    void versionsAreOrderedByTheirNumbers() {
        assertThat(SemanticVersion.parse("0.10.0")).isGreaterThan(SemanticVersion.parse("0.9.9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "LATEST", "v1", "V12", "1a", "", "a b", "a/b"})
    void anAliasIsNoVersion(String alias) {
        assertThatThrownBy(() -> new Alias(alias)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aVersionIsCommittedOnlyWholeAndJudgedOnlyOnce() {
        // Given
        ModelVersion version = SampleModels.version(ModelId.random(), 1, "0.0.1");
        ModelState.Refused refused = new ModelState.Refused("LOAD_FAILED", "No.");

        // When
        ModelVersion whole = version.publication().files().stream()
                .map(PublishedFile::path)
                .reduce(version, ModelVersion::arrived, (first, _) -> first);
        ModelVersion ready = whole.committed().checked(new ModelState.Ready(FakeModelGate.CHECK, ""));

        // Then
        assertThatThrownBy(version::committed).hasMessageContaining("2 of its files are missing");
        assertThat(whole.committed().committed().state()).isEqualTo(new ModelState.Checking());
        assertThat(ready.isServable()).isTrue();
        assertThat(ready.checked(refused)).isEqualTo(ready);
        assertThat(ready.committed()).isEqualTo(ready);
        assertThatThrownBy(() ->
                        ready.arrived(whole.publication().files().getFirst().path()))
                .hasMessageContaining("takes no more files");
        assertThat(ready.deleted(SampleModels.BOB, SampleModels.NOW).isReady()).isFalse();
        assertThat(whole.committed().checked(new ModelState.Ready(null, "kept")).isServable())
                .isFalse();
        assertThat(((ModelState.Uploading) version.state()).arrived()).isEqualTo(Set.of());
    }
}
