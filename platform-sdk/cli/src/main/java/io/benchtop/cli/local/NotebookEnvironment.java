package io.benchtop.cli.local;

import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Has {@code kernel-images/local/prepare.py} make what the notebooks run in, and passes its progress lines on. */
final class NotebookEnvironment {

    private final Installation installation;
    private final DataFolder data;
    private final Console console;
    private volatile @Nullable Process preparing;

    NotebookEnvironment(Installation installation, DataFolder data, Console console) {
        this.installation = installation;
        this.data = data;
        this.console = console;
    }

    void prepare() {
        var builder = new ProcessBuilder(
                installation.python(),
                installation.prepareScript().toString(),
                "--data",
                data.root().toString(),
                "--jdk",
                installation.jdk().toString(),
                "--sdk-jars",
                gatherSdkJars().toString());
        builder.environment().put("PYTHONUNBUFFERED", "1");
        builder.redirectErrorStream(true);
        try {
            var process = builder.start();
            preparing = process;
            process.getOutputStream().close();
            passOn(process);
            var code = process.waitFor();
            if (code != 0) {
                throw new CommandFailure("The notebook environment could not be prepared (exit code " + code
                        + "): the lines above say why. Run the same command again; it continues where it stopped.");
            }
            WorkspaceCommandFile.writeFor(installation, data);
        } catch (IOException e) {
            throw new CommandFailure("The notebook environment could not be prepared: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            preparing = null;
        }
    }

    private void passOn(Process process) throws IOException {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                console.line("  " + line);
            }
        }
    }

    /** Ends a preparation that runs in another thread, with everything that it started. */
    void abandon() {
        Optional.ofNullable(preparing)
                .flatMap(process -> ProcessMark.of(process.pid()))
                .ifPresent(mark -> ServerSweep.end(List.of(mark), Duration.ofSeconds(3)));
    }

    /** What a Java notebook loads, in one folder; only files that differ are written. */
    private Path gatherSdkJars() {
        var folder = data.cache().resolve("sdk-jars");
        var jars = installation.sdkJars();
        try {
            Files.createDirectories(folder);
            try (Stream<Path> present = Files.list(folder)) {
                var names = jars.stream().map(Path::getFileName).toList();
                for (var old : present.filter(file -> !names.contains(file.getFileName()))
                        .toList()) {
                    Files.delete(old);
                }
            }
            for (var jar : jars) {
                var copy = folder.resolve(jar.getFileName());
                if (!Files.exists(copy) || Files.mismatch(jar, copy) != -1) {
                    Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot gather the SDK in " + folder + ": " + e.getMessage(), e);
        }
        return folder;
    }
}
