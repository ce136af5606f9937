package io.benchtop.cli.local;

import io.benchtop.cli.support.Console;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A child that is started again when it ends. Not thread-safe: the {@link Supervisor} guards it. */
final class KeptChild {

    private final LaunchLine line;
    private final String python;
    private final InstantSource clock;
    private final Console console;
    private RestartPolicy policy = RestartPolicy.fresh();
    private Instant startedAt = Instant.EPOCH;
    private Instant nextStart = Instant.EPOCH;
    private @Nullable ChildProcess process;

    KeptChild(LaunchLine line, String python, InstantSource clock, Console console) {
        this.line = line;
        this.python = python;
        this.clock = clock;
        this.console = console;
    }

    void start() {
        startedAt = clock.instant();
        process = ChildProcess.start(line, python);
    }

    /** Looks after it once; true if its process changed. */
    boolean lookAfter() {
        if (process != null && !process.isAlive()) {
            policy = policy.afterRun(startedAt, clock.instant());
            nextStart = clock.instant().plus(policy.delay());
            console.line("The %s ended by itself (exit code %d); it starts again in %s. Its log: %s"
                    .formatted(line.name(), process.exitCode(), inWords(policy.delay()), line.log()));
            process = null;
            return true;
        }
        if (process == null && !clock.instant().isBefore(nextStart)) {
            start();
            return true;
        }
        return false;
    }

    private static String inWords(Duration delay) {
        return delay.toMillis() < 1000 ? "a moment" : delay.toSeconds() + " s";
    }

    LaunchLine line() {
        return line;
    }

    Optional<ChildProcess> process() {
        return Optional.ofNullable(process);
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Nullable
    ProcessMark mark() {
        return process == null ? null : ProcessMark.of(process.pid()).orElse(null);
    }
}
