package io.benchtop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./benchtop} finds, builds, and says when something is missing. */
class StartScriptIT {

    @TempDir
    private Path folder;

    private StartScript script;

    @BeforeEach
    void layOut() throws IOException {
        script = new StartScript(folder);
        Files.createDirectories(script.clone.resolve("proxy/src/main"));
        Files.writeString(script.clone.resolve("proxy/src/main/A.java"), "class A {}");
    }

    @Test
    void saysThatThereIsNoJava() throws Exception {
        // When
        var outcome = script.run("up");

        // Then
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("Benchtop needs a JDK 25 and found no Java at all (looked in")
                .contains("sudo apt install openjdk-25-jdk-headless", "brew install openjdk@25", "JAVA_HOME");
    }

    @Test
    void namesEveryJavaThatWillNotDo() throws Exception {
        // Given
        var old = script.javaHome("java-17", "17.0.15", true);
        script.javaHome("jre-25", "25.0.1", false);
        script.with("JAVA_HOME", old.toString());

        // When
        var outcome = script.run("up");

        // Then
        assertThat(outcome.err().lines().findFirst().orElseThrow())
                .contains("found Java 17.0.15 in " + old + ", Java 25.0.1 without a compiler in");
        assertThat(outcome.err()).containsOnlyOnce("17.0.15");
    }

    @Test
    void findsAJdkInTheUsualFoldersAlthoughAnOlderOneIsSet() throws Exception {
        // Given
        script.with("JAVA_HOME", script.javaHome("java-17", "17.0.15", true).toString());
        script.javaHome("temurin 25", "25.0.1", true);

        // When
        var outcome = script.maven("3.9.9").run("whoami", "--json", "two words");

        // Then
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .startsWith("java of temurin 25")
                .endsWith("io.benchtop.cli.Main whoami --json two words\n");
        assertThat(outcome.out()).contains("benchtop-cli.jar:" + script.clone + "/target/run/cli/lib/a.jar");
    }

    @Test
    void saysThatMavenIsTooOldOrMissing() throws Exception {
        // Given
        script.javaHome("25", "25", true);

        // Then
        assertThat(script.run("whoami").err())
                .startsWith("Benchtop needs Maven 3.8 or newer to build itself and found none");
        assertThat(script.maven("3.6.3").run("whoami").err())
                .startsWith("Benchtop needs Maven 3.8 or newer to build itself and found 3.6.3 at ")
                .contains("sudo apt install maven");
    }

    @Test
    void saysThatPythonIsTooOldOrLacksVenv() throws Exception {
        // Given
        script.maven("3.9.9").javaHome("25", "25.0.1", true);

        // Then
        assertThat(script.run("up").err())
                .startsWith("Benchtop needs Python 3.11 or newer, with venv, for the notebooks and found none");
        script.python("python3", "3.9.2", true);
        assertThat(script.run("up").err()).contains("found Python 3.9.2 at ", "sudo apt install python3 python3-venv");
        script.python("python3.12", "3.12.1", false);
        assertThat(script.run("up").err()).contains("Python 3.12.1 without its venv module at ");
        script.python("python3.11", "3.11.2", true).tool("python3.13", "exit 127");
        assertThat(script.run("up").exitCode()).isZero();
    }

    @Test
    void needsNoPythonForTheOtherCommands() throws Exception {
        // Given
        script.maven("3.9.9").javaHome("25", "25.0.1", true);

        // Then
        assertThat(script.run("ws", "ls").exitCode()).isZero();
    }

    @Test
    void buildsOnceAndAgainOnlyWhenASourceChanged() throws Exception {
        // Given
        script.maven("3.9.9").javaHome("25", "25.0.1", true);
        var source = script.clone.resolve("proxy/src/main/A.java");

        // When
        var first = script.run("whoami");
        var second = script.run("whoami");
        var testChanged = Files.createDirectories(script.clone.resolve("proxy/src/test"));
        touch(testChanged);
        var third = script.run("whoami");
        touch(source);
        var fourth = script.run("whoami");

        // Then
        assertThat(first.err()).contains("Building Benchtop, the first time downloads libraries", "done in");
        assertThat(second.err()).isEmpty();
        assertThat(third.err()).isEmpty();
        assertThat(fourth.err()).contains("Building Benchtop, its sources changed");
        assertThat(script.builds()).hasSize(2).allMatch(call -> call.contains("-Dquick") && call.endsWith("package"));
    }

    private static void touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
    }

    @Test
    void showsWhyABuildFailedAndBuildsAgainNextTime() throws Exception {
        // Given
        script.maven("3.9.9").javaHome("25", "25.0.1", true);
        Files.createFile(script.clone.resolve("break-build"));

        // When
        var broken = script.run("whoami");
        Files.delete(script.clone.resolve("break-build"));
        var mended = script.run("whoami");

        // Then
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.err())
                .contains("[ERROR] cannot find symbol", "The build failed: see " + script.clone + "/target");
        assertThat(mended.exitCode()).isZero();
        assertThat(script.clone.resolve("target/benchtop-build.log.lock")).doesNotExist();
    }

    @Test
    void takesOverTheLockOfABuildThatDied() throws Exception {
        // Given
        script.maven("3.9.9").javaHome("25", "25.0.1", true);
        var lock = Files.createDirectories(script.clone.resolve("target/benchtop-build.lock"));
        Files.writeString(lock.resolve("pid"), "999999999\n");

        // Then
        assertThat(script.run("whoami").exitCode()).isZero();
        assertThat(lock).doesNotExist();
    }

    @Test
    void findsItsFolderThroughLinks() throws Exception {
        // Given
        script.maven("3.9.9").javaHome("25", "25.0.1", true);
        var absolute = Files.createSymbolicLink(folder.resolve("linked"), script.clone.resolve("benchtop"));
        var relative = Files.createSymbolicLink(folder.resolve("twice"), Path.of("linked"));

        // Then
        assertThat(script.runAs(absolute, "whoami").out()).contains(script.clone + "/target/run/cli");
        assertThat(script.runAs(relative, "whoami").out()).contains(script.clone + "/target/run/cli");
    }
}
