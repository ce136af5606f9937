package io.benchtop.sdk.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a run by itself, in notebooks and repositories of git that are really there. */
class RunContextIT {

    /** The Python SDK has the same file and the same hash. */
    private static final Path RECORDED = Path.of("../cases/code.ipynb");

    private static final String RECORDED_HASH = "63538211c8aeaeb363a237fb0b7e60f97ab0511fba424a9fecfcacdbfb2d0145";

    @TempDir
    private Path home;

    private Path notebook;

    @BeforeEach
    void makeNotebook() throws IOException {
        notebook = home.resolve("ü b").resolve("train.ipynb");
        Files.createDirectory(notebook.getParent());
        Files.copy(RECORDED, notebook);
    }

    private Map<String, String> tags(String session) {
        return new RunContext(
                        Map.of("BENCHTOP_WORKSPACE", "ws_1", "HOME", home.toString(), "JPY_SESSION_NAME", session))
                .tags();
    }

    @Test
    void aNotebookIsToldWithTheHashOfItsCode() {
        assertThat(tags(notebook.toString()))
                .isEqualTo(Map.of(
                        "mlflow.source.name", "ü b/train.ipynb",
                        "mlflow.source.type", "NOTEBOOK",
                        "benchtop.notebook.code_sha256", RECORDED_HASH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "{\"cells\": 5}", "{\"cells\": [{\"cell_type\": \"code\"}]}"})
    void aFileThatIsNoNotebookHasNoHash(String content) throws IOException {
        // Given
        Files.writeString(notebook, content);

        // Then
        assertThat(NotebookCode.hash(notebook)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere/gone.ipynb", "train.py", "\0.ipynb"})
    void withoutANotebookNothingIsToldOfOne(String session) {
        assertThat(tags(session)).doesNotContainKeys("mlflow.source.name", "benchtop.notebook.code_sha256");
    }

    @Test
    void outsideAWorkspaceNothingIsTold() {
        assertThat(new RunContext(Map.of()).tags()).isEmpty();
    }

    @Test
    void theStateOfGitIsTold() throws IOException, InterruptedException {
        // Given
        commit();

        // When
        var clean = tags(notebook.toString());
        Files.writeString(notebook, "{}");
        var changed = tags(notebook.toString());

        // Then
        assertThat(clean.get("mlflow.source.git.commit")).matches("[0-9a-f]{40}");
        assertThat(clean)
                .containsEntry("mlflow.source.git.branch", "trees")
                .containsEntry("mlflow.source.git.dirty", "false")
                .doesNotContainKey("mlflow.source.git.repoURL");
        assertThat(changed).containsEntry("mlflow.source.git.dirty", "true");
    }

    @ParameterizedTest
    @CsvSource({
        "https://ada:secret@git.example:8443/team/x.git, https://git.example:8443/team/x.git",
        "https://secret@git.example/x.git, https://git.example/x.git",
        "https://ada:secret@git_host/x.git, https://git_host/x.git",
        "https://git.example/x.git, https://git.example/x.git",
        "git@git.example:team/x.git, git@git.example:team/x.git"
    })
    void s08NoCredentialOfARepositoryIsTold(String remote, String told) throws IOException, InterruptedException {
        // Given
        commit();
        git("remote", "add", "origin", remote);

        // Then
        assertThat(tags(notebook.toString())).containsEntry("mlflow.source.git.repoURL", told);
    }

    private void commit() throws IOException, InterruptedException {
        git("init", "--quiet", "--initial-branch=trees");
        git("add", ".");
        git("commit", "--quiet", "--message=first");
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of("git", "-C", home.toString(), "-c", "user.name=Ada", "-c", "user.email=ada@example.org"));
        command.addAll(List.of(arguments));
        var done = new ProcessBuilder(command).inheritIO().start().waitFor();
        assertThat(done).isZero();
    }
}
