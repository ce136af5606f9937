package io.benchtop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInIT {

    @TempDir
    private Path home;

    private FakeBenchtop benchtop;
    private Terminal terminal;

    @BeforeEach
    void start() throws IOException {
        benchtop = FakeBenchtop.start();
        terminal = new Terminal(home);
    }

    @AfterEach
    void stop() {
        benchtop.close();
    }

    @Test
    void asksForNameAndPasswordAndKeepsTheTokenPrivately() throws IOException {
        // When
        var outcome = terminal.typing("alice", "correct horse")
                .run("login", "--url", benchtop.url() + "/", "--expires-in", "12h");

        // Then
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).isEqualTo("Signed in to " + benchtop.url() + " as alice (developer).\n");
        assertThat(benchtop.requests.get(0).body())
                .isEqualTo(
                        "{\"name\":\"alice\",\"password\":\"correct horse\",\"tokenName\":\"benchtop login\",\"expiresIn\":\"PT12H\"}");
        assertThat(benchtop.requests.get(0).authorization()).isEmpty();
        var file = home.resolve(".config/benchtop/credentials.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(outcome.out() + outcome.err()).doesNotContain("bt_tokenid_secret");
    }

    @Test
    void usesTheKeptTokenAndForgetsAndRevokesIt() {
        // Given
        terminal.typing("correct horse").run("login", "--url", benchtop.url(), "--name", "alice");

        // When
        var who = terminal.run("whoami");
        var out = terminal.run("logout");
        var after = terminal.run("whoami", "--url", benchtop.url());

        // Then
        assertThat(who.exitCode()).isZero();
        assertThat(who.out()).contains("user   alice\n", "name   Alice Example\n", "at     " + benchtop.url());
        assertThat(out.out()).isEqualTo("Signed out of " + benchtop.url() + ".\n");
        assertThat(benchtop.requests)
                .contains(new FakeBenchtop.Request("DELETE /api/v1/tokens/tokenid", "Bearer bt_tokenid_secret", ""));
        assertThat(after.exitCode()).isEqualTo(3);
        assertThat(after.err()).contains("benchtop login --url " + benchtop.url());
    }

    @Test
    void takesATokenFromStandardInput() {
        // When
        var outcome = terminal.piping("bt_a_b\n").run("login", "--token", "--url", benchtop.url());

        // Then
        assertThat(outcome.exitCode()).isZero();
        assertThat(benchtop.requests.get(0)).isEqualTo(new FakeBenchtop.Request("GET /api/v1/me", "Bearer bt_a_b", ""));
    }

    @Test
    void takesAPasswordFromStandardInput() {
        // When
        var outcome = terminal.piping("s3cret\n")
                .run("login", "--name", "alice", "--password-stdin", "--url", benchtop.url());

        // Then
        assertThat(outcome.exitCode()).isZero();
        assertThat(benchtop.requests.get(0).body()).contains("\"password\":\"s3cret\"");
    }

    @Test
    void keepsNothingWhenThePasswordIsWrong() {
        // Given
        benchtop.problem("POST /api/v1/login", 401, "wrong_credentials", "Name or password is wrong.");

        // When
        var outcome = terminal.typing("alice", "wrong").run("login", "--url", benchtop.url());

        // Then
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.err()).endsWith("benchtop: Name or password is wrong.\n");
        assertThat(home.resolve(".config/benchtop/credentials.json")).doesNotExist();
    }

    @Test
    void doesNotWaitForAPersonWhoIsNotThere() {
        // When
        var outcome = terminal.run("login", "--url", benchtop.url());

        // Then
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("no terminal", "--name");
    }

    @Test
    void worksInsideAWorkspaceWithoutSignIn() throws IOException {
        // Given
        var file = Files.writeString(home.resolve("token"), "inside\n");
        terminal.with("BENCHTOP_URL", benchtop.url()).with("BENCHTOP_TOKEN_FILE", file.toString());

        // When
        var outcome = terminal.run("whoami", "--json");

        // Then
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("\"name\": \"alice\"", "\"workspace\": null");
        assertThat(benchtop.requests.get(0).authorization()).isEqualTo("Bearer inside");
    }

    @Test
    void sendsTheTokenOfTheEnvironmentToItsOwnAddressOnly() {
        // Given
        terminal.with("BENCHTOP_URL", "http://127.0.0.1:1").with("BENCHTOP_TOKEN", "inside");

        // When
        var outcome = terminal.run("whoami", "--url", benchtop.url());

        // Then
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(benchtop.requests).isEmpty();
    }
}
