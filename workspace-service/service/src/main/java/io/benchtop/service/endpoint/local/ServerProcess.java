package io.benchtop.service.endpoint.local;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.benchtop.service.endpoint.ArmState;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One model-server: the folder in which it runs, and when it may be started again. A process of an earlier life of this service is
 * found by its folder and goes on.
 *
 * <p>A server that ends is started again at once, then after a second, and then after twice as long each time, up to a minute; one that
 * ran for {@link #GOOD} begins anew with that. Used by one thread at a time.
 */
final class ServerProcess {

    static final Duration GOOD = Duration.ofMinutes(2);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final String READY = "ready.json";
    private static final String LOG = "server.log";
    private static final int TOLD_LINES = 5;

    private final Path folder;
    private final InstantSource clock;
    private final Runnable changed;
    private int failures;
    private Instant startedAt = Instant.MIN;
    private Instant notBefore = Instant.MIN;
    private @Nullable String trouble;
    /** Whether the end of the last process was counted. */
    private boolean counted = true;

    /** @param changed is run when a process has become ready or has ended */
    ServerProcess(Path folder, InstantSource clock, Runnable changed) {
        this.folder = requireNonNull(folder, "folder is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.changed = requireNonNull(changed, "changed is null");
    }

    /** What to start it with; asked only when it is started. */
    @FunctionalInterface
    interface Arguments {

        List<String> get() throws IOException;
    }

    private record ReadyFile(int http, int grpc, int admin, long pid) {}

    /** Starts it if it does not run and is not to wait. */
    void ensure(ModelServerProgram program, Arguments arguments, String key) {
        if (ServerRecord.running(folder).isPresent() || mustWait()) {
            return;
        }
        startedAt = clock.instant();
        counted = false;
        try {
            start(program, arguments.get(), key);
            trouble = null;
        } catch (IOException e) {
            trouble = "The model-server could not be started: " + e.getMessage() + ".";
            countEnd();
        }
    }

    private boolean mustWait() {
        if (!counted) {
            countEnd();
        }
        return clock.instant().isBefore(notBefore);
    }

    private void countEnd() {
        counted = true;
        Instant now = clock.instant();
        failures = startedAt.plus(GOOD).isBefore(now) ? 1 : failures + 1;
        Duration wait = failures == 1 ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(failures - 2, 6));
        notBefore = now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    private void start(ModelServerProgram program, List<String> arguments, String key) throws IOException {
        Files.createDirectories(folder.resolve("tmp"));
        Files.deleteIfExists(folder.resolve(READY));
        Path keyFile = folder.resolve("key");
        PrivateFile.write(keyFile, key);
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(
                "--bind",
                "127.0.0.1",
                "--http-port",
                "0",
                "--grpc-port",
                "0",
                "--admin-port",
                "0",
                "--key-file",
                keyFile.toString(),
                "--ready-file",
                folder.resolve(READY).toString()));
        ProcessBuilder builder = new ProcessBuilder(program.command(all));
        // Nothing of ours goes over: no environment, no open file, no terminal.
        builder.environment().clear();
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().put("TMPDIR", folder.resolve("tmp").toString());
        builder.directory(folder.toFile());
        builder.redirectInput(Redirect.from(new File("/dev/null")));
        builder.redirectErrorStream(true).redirectOutput(folder.resolve(LOG).toFile());
        ProcessHandle process = builder.start().toHandle();
        ServerRecord.of(process).write(folder);
        Thread.ofVirtual().name("model-server " + process.pid()).start(() -> watch(process));
    }

    /** Tells when it is ready and when it has ended, so that nobody has to wait for the next look. */
    private void watch(ProcessHandle process) {
        try {
            while (process.isAlive() && !Files.exists(folder.resolve(READY))) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            changed.run();
            process.onExit().join();
            changed.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    ArmState state() {
        Optional<ProcessHandle> process = ServerRecord.running(folder);
        if (process.isEmpty()) {
            if (!counted) {
                countEnd();
            }
            return failures == 0 ? new ArmState.Starting("It is being started.") : ended();
        }
        return ready(process.get().pid())
                .<ArmState>map(server -> new ArmState.Ready(List.of(server)))
                .orElseGet(() -> failures > 1 ? ended() : new ArmState.Starting("The model is being loaded."));
    }

    private ArmState ended() {
        if (trouble != null) {
            return new ArmState.Failed("NOT_STARTED", trouble);
        }
        String last = String.join(" | ", log(TOLD_LINES));
        return new ArmState.Failed(
                "ENDED",
                "Its model-server ended " + (failures == 1 ? "once" : failures + " times") + " and is started again."
                        + (last.isEmpty() ? "" : " Its last lines: " + last));
    }

    private Optional<ArmState.Server> ready(long pid) {
        try {
            ReadyFile ready = new Gson().fromJson(Files.readString(folder.resolve(READY)), ReadyFile.class);
            return ready == null || ready.pid() != pid
                    ? Optional.empty()
                    : Optional.of(new ArmState.Server(
                            URI.create("http://127.0.0.1:" + ready.http()),
                            "127.0.0.1:" + ready.grpc(),
                            URI.create("http://127.0.0.1:" + ready.admin())));
        } catch (IOException | JsonParseException e) {
            return Optional.empty();
        }
    }

    List<String> log(int lines) {
        try {
            List<String> all = Files.readAllLines(folder.resolve(LOG));
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Asks it to end; true when it has. */
    boolean end() {
        Optional<ProcessHandle> process = ServerRecord.running(folder);
        process.ifPresent(ProcessHandle::destroy);
        return process.isEmpty();
    }
}
