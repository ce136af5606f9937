package io.benchtop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code benchtop profile …}, and what {@code ws create} makes of a profile. */
class ProfileIT {

    @TempDir
    private Path home;

    private FakeBenchtop benchtop;
    private Terminal terminal;

    @BeforeEach
    void start() throws IOException {
        benchtop = FakeBenchtop.start();
        terminal = new Terminal(home).with("BENCHTOP_URL", benchtop.url()).with("BENCHTOP_TOKEN", "t");
    }

    @AfterEach
    void stop() {
        benchtop.close();
    }

    @Test
    void listsTheProfilesThatOneMayUse() {
        // When
        var outcome = terminal.run("profile", "ls");

        // Then
        assertThat(outcome.out()).isEqualTo("""
                PROFILE  NAME        MEMORY    CPUS  GPUS              IMAGE
                gpu      With a GPU  16.0 GiB  4     1 nvidia.com/gpu  registry.example.org/torch:1  default
                """);
    }

    @Test
    void tellsWhatMayBeChosenDifferently() {
        // When
        var outcome = terminal.run("profile", "show", "gpu");

        // Then
        assertThat(outcome.out())
                .contains("memory up to  32.0 GiB", "gpus up to    2", "image choice  jax  registry.example.org/jax:1")
                .doesNotContain("cpus up to");
    }

    @Test
    void sendsWhatIsChosenDifferently() {
        // When
        terminal.run("ws", "create", "x", "--profile", "gpu", "--memory", "24GiB", "--gpus", "2", "--image", "jax");

        // Then
        assertThat(benchtop.requests.getLast().body())
                .contains("\"memoryBytes\":25769803776", "\"gpus\":2", "\"image\":\"jax\"");
    }

    @Test
    void refusesAnAmountThatIsNone() {
        // When
        var outcome = terminal.run("ws", "create", "x", "--memory", "plenty");

        // Then
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("'plenty' is no amount of memory");
        assertThat(benchtop.requests).isEmpty();
    }
}
