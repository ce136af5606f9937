package io.benchtop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

    @TempDir
    private Path home;

    static Stream<String> commands() {
        return below("", Main.commandLine(io.benchtop.cli.support.Surroundings.ofThisProcess()));
    }

    private static Stream<String> below(String prefix, CommandLine line) {
        return line.getSubcommands().entrySet().stream()
                .flatMap(entry -> Stream.concat(
                        Stream.of((prefix + " " + entry.getKey()).strip()),
                        below(prefix + " " + entry.getKey(), entry.getValue())));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void explainsEveryCommandWithExamples(String command) {
        // When
        var outcome = new Terminal(home).run((command + " --help").split(" "));

        // Then
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("Usage: benchtop " + named(command), "Examples:", "benchtop ");
    }

    /** The command that an alias stands for. */
    private static String named(String command) {
        return command.replace("workspace", "ws").replace(" list", " ls").replace(" delete", " rm");
    }

    @Test
    void listsTheExitCodes() {
        assertThat(new Terminal(home).run("--help").out())
                .contains("Exit codes:", "3   not signed in", "4   not found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ws",
                "ws frob",
                "ws start",
                "ws rm exp --files maybe",
                "ws create a b",
                "--frob",
                "ws ls --jsn"
            })
    void answersAWrongCommandLineInAFewLines(String line) {
        // When
        var outcome = new Terminal(home).run(line.isEmpty() ? new String[0] : line.split(" "));

        // Then
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .startsWith("benchtop: ")
                .contains("See: benchtop")
                .hasLineCount((int) outcome.err().lines().count());
        assertThat(outcome.err().lines().count()).isLessThanOrEqualTo(3);
    }

    @Test
    void suggestsWhatWasPerhapsMeant() {
        assertThat(new Terminal(home).run("ws", "ls", "--jsn").err()).contains("--json");
    }

    @Test
    void refusesAnAddressThatIsNone() {
        // When
        var outcome = new Terminal(home).run("whoami", "--url", "localhost:8080");

        // Then
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("'localhost:8080' is no address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void printsACompletionScriptThatBashAccepts(String shell) throws Exception {
        // When
        var script = Files.writeString(
                home.resolve("completion"),
                new Terminal(home).run("completion", shell).out());

        // Then
        assertThat(script).content().contains("benchtop", "keep-alive");
        var check =
                new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();
        assertThat(check.waitFor()).isZero();
    }

    @Test
    void completesSubcommandsInBash() throws Exception {
        // Given
        var script = home.resolve("completion");
        Files.writeString(script, new Terminal(home).run("completion", "bash").out());
        var question = "source %s; COMP_WORDS=(benchtop ws st); COMP_CWORD=2; COMP_LINE='benchtop ws st'; COMP_TYPE=9; "
                        .formatted(script)
                + "_complete_benchtop; printf '%s\\n' \"${COMPREPLY[@]}\"";

        // When
        var bash = new ProcessBuilder("bash", "-c", question)
                .redirectErrorStream(true)
                .start();
        var answer = new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        // Then
        assertThat(answer.lines().map(String::strip)).containsExactlyInAnyOrder("start", "stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up --port 99999", "up --port abc", "up --host nonsense.."})
    void refusesAWrongPortOrHostAsAWrongCommandLine(String line) {
        // When
        var outcome = new Terminal(home).run(line.split(" "));

        // Then
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("benchtop: ").doesNotContain(" int");
    }
}
