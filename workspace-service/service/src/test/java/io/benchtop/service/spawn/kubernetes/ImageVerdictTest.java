package io.benchtop.service.spawn.kubernetes;

import static io.benchtop.service.spawn.kubernetes.TestingPods.running;
import static io.benchtop.service.spawn.kubernetes.TestingPods.server;
import static io.benchtop.service.spawn.kubernetes.TestingPods.terminated;
import static io.benchtop.service.spawn.kubernetes.TestingPods.tools;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.profile.ImageCompatibility;
import io.benchtop.service.profile.ImageCompatibility.Verdict;
import io.benchtop.service.profile.ImageReference;
import io.benchtop.service.spawn.EndingCode;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageVerdictTest {

    private static final ImageReference IMAGE = new ImageReference("registry.example.com/torch:2");
    private static final Instant NOW = Instant.parse("2026-02-01T10:00:00Z");
    private static final Pod TOOLS_ARE_THERE = tools(terminated(0, "Completed", null));

    private static ImageCompatibility ended(int code, String lastWords, String... log) {
        ContainerState state = terminated(code, "Error", lastWords);
        Pod pod = server(state)
                .edit()
                .editSpec()
                .withNewSecurityContext()
                .withRunAsUser(1000L)
                .endSecurityContext()
                .endSpec()
                .build();
        return new ImageVerdict(IMAGE, pod, NOW).ended(state.getTerminated(), List.of(log));
    }

    @Test
    void anImageThatTellsWhatItHasWorks() {
        assertThat(ended(0, null, "{\"python\": \"3.12.1\", \"jupyterServer\": \"2.17.0\"}"))
                .isEqualTo(new ImageCompatibility(
                        IMAGE,
                        Verdict.COMPATIBLE,
                        "2.17.0",
                        "3.12.1",
                        1000L,
                        NOW,
                        "It works, but without JupyterLab and without any kernel: no notebook can run."));
    }

    @Test
    void anImageThatLacksSomethingIsToldInTheWordsOfTheLauncher() {
        // When
        ImageCompatibility lacking = ended(78, "This image has no Python.\n");

        // Then
        assertThat(lacking.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(lacking.message()).isEqualTo("This image has no Python.");
        assertThat(ended(78, null, "…", "This image has Python 3.9.").message())
                .isEqualTo("This image has Python 3.9.");
    }

    @ParameterizedTest
    @CsvSource({"127, not found, 'code 127: not found.'", "1, , 'code 1: SyntaxError.'", "128, exec failed, exec failed"
    })
    void anyOtherEndIsToldWithWhatWasSaidLast(int code, String lastWords, String said) {
        // When
        ImageCompatibility found = ended(code, lastWords, "Traceback", "SyntaxError");

        // Then
        assertThat(found.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(found.message()).contains(said, "jupyter_server 2 or newer");
    }

    @Test
    void whatCannotBeReadTellsNothing() {
        assertThat(ended(0, null).verdict()).isEqualTo(Verdict.NOT_PROBED);
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGE_UNAVAILABLE, INCOMPATIBLE",
        "ENVIRONMENT_BROKEN, INCOMPATIBLE",
        "UNSCHEDULABLE, NOT_PROBED",
        "NODE_LOST, NOT_PROBED",
        "TIMED_OUT, NOT_PROBED"
    })
    void onlyWhatTheImageIsToBlameForIsItsFault(EndingCode code, Verdict verdict) {
        assertThat(new ImageVerdict(IMAGE, TOOLS_ARE_THERE, NOW)
                        .givenUp(code, "Why.")
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void toolsThatDoNotComeAreNoFaultOfTheImage() {
        // When
        ImageCompatibility found = new ImageVerdict(IMAGE, tools(terminated(1, "Error", null)), NOW)
                .givenUp(EndingCode.ENVIRONMENT_BROKEN, "The tools could not be brought.");

        // Then
        assertThat(found.verdict()).isEqualTo(Verdict.NOT_PROBED);
        assertThat(found.message()).isEqualTo("It could not be tried: The tools could not be brought.");
    }

    @Test
    void anImageThatRunsAndSaysNothingDoesNotWork() {
        assertThat(new ImageVerdict(IMAGE, server(running()), NOW)
                        .givenUp(EndingCode.TIMED_OUT, "")
                        .verdict())
                .isEqualTo(Verdict.INCOMPATIBLE);
    }
}
