package io.benchtop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkspaceIT {

    private static final String ONE = "/api/v1/workspaces/" + FakeBenchtop.ID;

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
    void listsInAlignedColumns() {
        // When
        var outcome = terminal.run("ws", "ls");

        // Then
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).isEqualTo("""
                        WORKSPACE  NAME         STATE    FOR  PROFILE  MEMORY   ID
                        exp        Experiments  RUNNING  3 h  small    300 MiB  ws_7kq2m4xw3abc
                        """);
    }

    @Test
    void listsEverybodysForAnAdministrator() {
        assertThat(terminal.run("ws", "ls", "--all").out()).contains("alice/exp");
        assertThat(terminal.run("workspace", "ls", "--owner", "alice").out()).contains("alice/exp");
    }

    @Test
    void saysHowToMakeTheFirst() {
        // Given
        benchtop.json("GET /api/v1/workspaces", 200, "{\"workspaces\":[]}");

        // Then
        assertThat(terminal.run("ws", "ls").out()).contains("benchtop ws create");
        assertThat(terminal.run("ws", "ls", "--json").out()).isEqualTo("{\n  \"workspaces\": []\n}\n");
    }

    @Test
    void createsStartsAndWaitsWithTheProgressOnStandardError() {
        // When
        var outcome = terminal.run("ws", "create", "My experiments", "--slug", "exp", "--start", "--wait", "--verbose");

        // Then
        assertThat(outcome.exitCode()).isZero();
        assertThat(benchtop.requests.get(0).body())
                .isEqualTo("{\"displayName\":\"My experiments\",\"slug\":\"exp\",\"start\":true}");
        assertThat(outcome.err()).isEqualTo("""
                        STARTING: Starting the server
                          Jupyter Server is coming
                        RUNNING: Running
                        """);
        assertThat(outcome.out()).contains("Workspace 'exp'", "RUNNING", "http://127.0.0.1:8080/user/alice/exp/");
    }

    @Test
    void failsWithTheReasonAndTheLogWhenAStartFails() {
        // Given
        benchtop.json(
                "POST " + ONE + ":start", 202, FakeBenchtop.workspace("FAILED", "The disk is full. Free some space."));

        // When
        var outcome = terminal.run("ws", "start", "exp", "--wait");

        // Then
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("  the last line\n", "Workspace 'exp' is FAILED: The disk is full. Free some space.");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void goesOnWhenTheStreamOfEventsBreaksOff() {
        // Given
        benchtop.text(
                "GET " + ONE + "/events",
                "text/event-stream",
                "event: state\ndata: " + FakeBenchtop.workspace("STARTING", "Starting the server") + "\n\nevent: sta");

        // When
        var outcome = terminal.run("ws", "start", FakeBenchtop.ID, "--wait");

        // Then
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).startsWith("RUNNING");
    }

    @Test
    void stops() {
        assertThat(terminal.run("ws", "stop", "exp", "--wait").out()).isEqualTo("STOPPED  exp\n");
    }

    @Test
    void asksWhatHappensToTheFilesBeforeItRemoves() {
        // When
        var outcome = terminal.typing("delete").run("ws", "rm", "exp");

        // Then
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).contains("/data/homes/alice/exp", "Keep or delete");
        assertThat(benchtop.requests).anyMatch(request -> request.line().equals("DELETE " + ONE + "?files=delete"));
    }

    @Test
    void removesNothingWithoutAClearAnswer() {
        assertThat(terminal.run("ws", "rm", "exp").exitCode()).isEqualTo(2);
        assertThat(terminal.typing("y").run("ws", "rm", "exp").err()).contains("Nothing was removed.");
        assertThat(benchtop.requests).noneMatch(request -> request.line().startsWith("DELETE"));
    }

    @Test
    void printsLogsThatCannotSteerTheTerminal() {
        assertThat(terminal.run("ws", "logs", "exp").out()).isEqualTo("first line\nsecond \uFFFD[31mline\n");
        assertThat(terminal.run("ws", "logs", "exp", "--follow").out()).endsWith("Jupyter Server is coming\n");
    }

    @Test
    void opensWhatThePersonIsConnectedTo() {
        assertThat(terminal.run("ws", "open", "exp", "--print").out()).isEqualTo(benchtop.url() + "/user/alice/exp/\n");
    }

    @Test
    void keepsAlive() {
        // When
        var outcome = terminal.run("ws", "keep-alive", "exp", "2h", "--reason", "demo");

        // Then
        assertThat(outcome.exitCode()).isZero();
        assertThat(benchtop.requests.getLast().body()).isEqualTo("{\"duration\":\"PT2H\",\"reason\":\"demo\"}");
    }

    @Test
    void makesListsAndRevokesTokens() {
        assertThat(terminal.run("token", "create", "nightly", "--expires-in", "7d")
                        .out())
                .isEqualTo("bt_tokenid_secret\n");
        assertThat(benchtop.requests.getLast().body()).isEqualTo("{\"name\":\"nightly\",\"expiresIn\":\"P7D\"}");
        assertThat(terminal.run("token", "ls").out()).contains("tokenid  nightly", "LAST USED");
        assertThat(terminal.run("token", "rm", "tokenid").exitCode()).isZero();
    }

    @Test
    void tellsTheStatusWithItsWarnings() {
        assertThat(terminal.run("status").out())
                .contains("database       h2", "warning        All workspaces run as one user");
    }

    @ParameterizedTest
    @CsvSource({"400,2", "401,3", "403,5", "404,4", "409,6", "422,2", "429,1", "500,1"})
    void turnsEveryRefusalIntoItsSentenceAndAnExitCode(int status, int exitCode) {
        // Given
        benchtop.problem("POST /api/v1/workspaces", status, "some_code", "Profile huge is unknown. Choose small.");

        // When
        var outcome = terminal.run("ws", "create", "x", "--profile", "huge");

        // Then
        assertThat(outcome.exitCode()).isEqualTo(exitCode);
        assertThat(outcome.err()).startsWith("benchtop: Profile huge is unknown. Choose small.");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void namesTheKnownWorkspacesWhenOneIsUnknown() {
        // When
        var outcome = terminal.run("ws", "start", "expp");

        // Then
        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(outcome.err()).isEqualTo("benchtop: There is no workspace 'expp'. There are: exp.\n");
    }

    @Test
    void doesNotSayThatThereAreNoneWhenSomebodyElseHasNone() {
        // Given
        benchtop.json("GET /api/v1/workspaces?owner=nobody", 200, "{\"workspaces\":[]}");

        // When
        var outcome = terminal.run("ws", "start", "nobody/exp");

        // Then
        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(outcome.err())
                .contains("There is no workspace 'nobody/exp'.")
                .doesNotContain("There are none yet");
    }

    @Test
    void keepsWhatWasTypedInOneSegmentOfThePath() {
        // When
        terminal.run("token", "rm", "../workspaces/x?y");

        // Then
        assertThat(benchtop.requests.getLast().line()).isEqualTo("DELETE /api/v1/tokens/%2E%2E%2Fworkspaces%2Fx%3Fy");
    }

    @Test
    void saysWhenNobodyAnswers() {
        // When
        var outcome = terminal.with("BENCHTOP_URL", "http://127.0.0.1:1").run("ws", "ls");

        // Then
        assertThat(outcome.exitCode()).isEqualTo(7);
        assertThat(outcome.err()).contains("does not answer at http://127.0.0.1:1 (connection refused)");
    }
}
