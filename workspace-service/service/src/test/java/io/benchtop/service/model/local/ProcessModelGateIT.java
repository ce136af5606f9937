package io.benchtop.service.model.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.model.CheckLimits;
import io.benchtop.service.model.ModelGate.Verdict;
import io.benchtop.service.model.ModelName;
import io.benchtop.service.model.ModelPlace;
import io.benchtop.service.model.SemanticVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a stand-in for the model server, which behaves as its model says. */
@Timeout(60)
class ProcessModelGateIT {

    private static final GateSettings SETTINGS = new GateSettings(
            Path.of("java"), List.of(), "Main", Path.of("none"), new CheckLimits(Duration.ofSeconds(1), 64), 64);

    @TempDir
    private Path folder;

    private Verdict check(String model, Duration patience) throws IOException {
        Path version = Files.createDirectories(folder.resolve("version"));
        Files.writeString(version.resolve("model.onnx"), model);
        GateSettings settings = new GateSettings(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                List.of(Path.of("target/test-classes").toAbsolutePath().toString()),
                StandInModelServer.class.getName(),
                folder.resolve("checks"),
                new CheckLimits(patience, 8192),
                64);
        ModelPlace place = new ModelPlace(new ModelName("risk"), SemanticVersion.parse("0.0.1"));
        return new ProcessModelGate(settings).check(place, version);
    }

    private Verdict check(String model) throws IOException {
        return check(model, Duration.ofSeconds(30));
    }

    @Test
    void aModelThatAnswersAsExpectedPasses() throws IOException {
        // When
        Verdict verdict = check("good");

        // Then
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Passed.class, passed -> {
            assertThat(passed.check().platform()).isEqualTo("onnx_onnxv1");
            assertThat(passed.check().inputs())
                    .extracting(input -> input.name())
                    .containsExactly("X");
            assertThat(passed.check().onnxRuntime()).isEqualTo("1.29.0");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "differs, SAMPLE_DIFFERS, Y differs by 0.5.",
        "garbage, CRASHED, without a result",
        "silent, CRASHED, without a result",
        "fails, CRASHED, with status 7",
        "eats, OUT_OF_MEMORY, BENCHTOP_MODEL_CHECK_MEMORY",
        "killed, OUT_OF_MEMORY, more memory",
        "segfault, CRASHED, by signal",
    })
    void f22WhateverBecomesOfTheProcessTheAnswerIsASentence(String model, String code, String said) throws IOException {
        assertThat(check(model)).isInstanceOfSatisfying(Verdict.Failed.class, failed -> {
            assertThat(failed.code()).as(failed.message()).isEqualTo(code);
            assertThat(failed.message()).contains(said);
        });
    }

    @ParameterizedTest
    @CsvSource({"hangs", "forks"})
    void s35ACheckThatTakesTooLongIsEndedWithAllThatItStarted(String model) throws IOException {
        // Given
        List<Long> before = descendants();

        // When
        Verdict verdict = check(model, Duration.ofSeconds(3));

        // Then
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo("TIMEOUT"));
        assertThat(descendants()).isSubsetOf(before);
    }

    private static List<Long> descendants() {
        return ProcessHandle.current().descendants().map(ProcessHandle::pid).toList();
    }

    @Test
    void nothingOfOurEnvironmentIsTold() throws IOException {
        assertThat(check("environment"))
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(List.of(failed.message().split(" ")))
                                .containsExactlyInAnyOrder("PATH", "LANG", "HOME", "TMPDIR"));
    }

    /** Where the machine lets us; elsewhere the check runs with its network. */
    @Test
    void s34ACheckHasNoNetworkWhereTheMachineAllowsIt() throws IOException {
        assertThat(check("network"))
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.message())
                                .isEqualTo(
                                        Confinement.of(SETTINGS).words().contains("unshare")
                                                ? "up: []"
                                                : failed.message()));
    }

    @Test
    void nothingIsLeftOfACheck() throws IOException {
        check("good");
        assertThat(folder.resolve("checks")).isEmptyDirectory();
    }
}
