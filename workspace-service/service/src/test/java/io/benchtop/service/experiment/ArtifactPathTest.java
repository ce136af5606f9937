package io.benchtop.service.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactPathTest {

    @Test
    void isTheNamesBetweenSlashes() {
        assertThat(ArtifactPath.parse("1/a b/ü..txt").names()).containsExactly("1", "a b", "ü..txt");
        assertThat(ArtifactPath.parse("1/.gitattributes").names()).containsExactly("1", ".gitattributes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "/1", "1/", "1//a", "1/../2", "..", "1/.", "1/a\\b", "1/a\0b", "1/a\nb", "1/..", "0/run/a",
                "abc/a"
            })
    void refusesWhatLeadsElsewhereOrCannotBeAFile(String text) {
        assertThatThrownBy(() -> ArtifactPath.parse(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("path: ");
    }

    @Test
    void filesOfARunLieInItsFolder() {
        // Given
        ExperimentRun run = new ExperimentRun(
                new RunId("a".repeat(32)),
                new ExperimentId("1"),
                "tree",
                new UserName("alice"),
                RunStatus.RUNNING,
                0,
                null,
                false);

        // Then
        assertThat(ArtifactPath.ofRun(run, "")).hasToString("1/" + run.id() + "/artifacts");
        assertThat(ArtifactPath.ofRun(run, "a/b")).hasToString("1/" + run.id() + "/artifacts/a/b");
        assertThatThrownBy(() -> ArtifactPath.ofRun(run, "../../" + "b".repeat(32)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void refusesWhatIsTooLongOrTooDeep() {
        assertThatThrownBy(() -> ArtifactPath.parse("1/" + "ü".repeat(128))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> ArtifactPath.parse("1" + "/a".repeat(32))).isInstanceOf(ProblemException.class);
    }
}
