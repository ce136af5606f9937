package io.benchtop.modelserver.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code check} in a process of its own. */
public final class CheckRun {

    private CheckRun() {}

    /** The result's text; the exit code must be 0 whatever it says. {@code scratch} is a folder to write to. */
    public static String of(Path version, Path scratch, int seconds, String... more)
            throws IOException, InterruptedException {
        Path result = scratch.resolve("result.json");
        Path log = scratch.resolve("log");
        List<String> command = RunningServer.command("check");
        command.addAll(List.of("--model", version.toString(), "--result", result.toString()));
        command.addAll(List.of("--timeout-seconds", Integer.toString(seconds)));
        command.addAll(List.of(more));
        Process process = RunningServer.builder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        return Files.readString(result);
    }
}
