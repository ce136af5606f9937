package io.benchtop.cli.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running service or proxy.
 *
 * <p>It lives in a session of its own: Ctrl-C in the terminal and the terminal's end reach the supervisor alone, which then
 * stops things in their order. Java cannot start a session, Python can, in about 20 ms.
 */
final class ChildProcess {

    private static final String OWN_SESSION = "import os, sys; os.setsid(); os.execv(sys.argv[1], sys.argv[1:])";
    private static final long LARGEST_LOG = 10L << 20;

    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    static ChildProcess start(LaunchLine line, String python) {
        var command = new ArrayList<>(List.of(python, "-I", "-S", "-c", OWN_SESSION));
        command.addAll(line.command());
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("BENCHTOP_"));
        builder.environment().putAll(line.environment());
        builder.redirectInput(new File("/dev/null"));
        builder.redirectErrorStream(true);
        try {
            rotate(line.log());
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(line.log().toFile()));
            return new ChildProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the " + line.name() + ": " + e.getMessage(), e);
        }
    }

    private static void rotate(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    /** Asks it to end, waits, then makes it end. */
    void stop(Duration patience) {
        process.destroy();
        try {
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    /** The same in two steps, for several at a time. */
    void askToEnd() {
        process.destroy();
    }
}
