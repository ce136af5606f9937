package io.benchtop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the {@code sh} examples of docs/command-line.md, in their order, in one shell, against the fake service. */
class CommandLineDocsIT {

    private static final Pattern EXAMPLE = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path home;

    @Test
    void everyExampleWorks() throws Exception {
        // Given
        var page = Files.readString(Path.of("../../docs/command-line.md"));
        var examples =
                EXAMPLE.matcher(page).results().map(found -> found.group(1)).collect(Collectors.joining());
        Files.writeString(home.resolve("password.txt"), "correct horse\n");
        putCommandOnPath();
        try (var benchtop = FakeBenchtop.start()) {
            var shell = new ProcessBuilder("bash", "-e", "-o", "pipefail", "-v", "-c", "\n" + examples)
                    .directory(home.toFile())
                    .redirectErrorStream(true);
            shell.environment().keySet().removeIf(name -> name.startsWith("BENCHTOP_"));
            shell.environment().put("HOME", home.toString());
            shell.environment().remove("XDG_CONFIG_HOME");
            shell.environment().put("BENCHTOP_URL", benchtop.url());
            shell.environment().merge("PATH", home.toString(), (path, first) -> first + ":" + path);

            // When
            var process = shell.start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            // Then
            assertThat(process.waitFor()).as(output).isZero();
            assertThat(output).contains("Signed in to", "RUNNING", "\"slug\": \"exp\"", "is revoked");
            assertThat(home.resolve("token.txt")).hasContent("bt_tokenid_secret");
        }
    }

    private void putCommandOnPath() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin/java");
        var script =
                "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' io.benchtop.cli.Main \"$@\"\n"
                        .formatted(java, System.getProperty("java.class.path"));
        var command = Files.writeString(home.resolve("benchtop"), script);
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    }
}
