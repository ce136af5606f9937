package io.benchtop.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A real {@code benchtop up} (or {@code down}) in a process of its own, on a fake installation. */
final class UpProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Process process;
    private final Path output;
    final DataFolder data;

    private UpProcess(Process process, Path output, DataFolder data) {
        this.process = process;
        this.output = output;
        this.data = data;
    }

    static UpProcess start(Path folder, String... arguments) throws IOException {
        var data = new DataFolder(folder.resolve("data"));
        var output = Files.createTempFile(folder, "output", ".txt");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.benchtop.cli.Main"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.root().toString()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .put(
                        "BENCHTOP_HOME",
                        FakeInstallation.in(folder.resolve("clone")).toString());
        builder.environment().put("BENCHTOP_PYTHON", "python3");
        return new UpProcess(builder.start(), output, data);
    }

    UpProcess awaitReady() throws Exception {
        return awaitOutput("Press Ctrl-C");
    }

    UpProcess awaitOutput(String text) throws Exception {
        await(() -> output().contains(text) || !process.isAlive(), text);
        if (!output().contains(text)) {
            throw new AssertionError("ended without saying '" + text + "': " + output());
        }
        return this;
    }

    static void await(BooleanSupplier condition, String what) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for: " + what);
            }
            Thread.sleep(50);
        }
    }

    void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still runs: " + output());
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    RunRecord record() {
        return RunRecord.read(data.runRecord()).orElseThrow();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Nothing outlives a test, not even a failed one. */
    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(null, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
        RunRecord.read(data.runRecord()).stream()
                .flatMap(RunRecord::livingChildren)
                .flatMap(mark -> mark.handle().stream())
                .forEach(ProcessHandle::destroyForcibly);
        ServerSweep.sweep(data, Duration.ofSeconds(1));
    }
}
