package io.benchtop.service.spawn.local;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.ServerEnding;
import io.benchtop.service.spawn.ServerStatus;
import io.benchtop.service.spawn.ServerStatus.Alive;
import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.StartOutcome;
import io.benchtop.service.spawn.StartOutcome.Cancelled;
import io.benchtop.service.spawn.StartOutcome.Failed;
import io.benchtop.service.spawn.StartOutcome.Started;
import io.benchtop.service.spawn.StartPhase;
import io.benchtop.service.spawn.StartWatch;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.spawn.local.NotebookEnvironment.EnvironmentBroken;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One start from the order to the first answer.
 *
 * <pre>
 *   already alive? ──no──► launch ─► wait: answers ─► Started
 *        └──────yes───────────────►   │── gone ─► PORT_TAKEN? again, at most three times : Failed
 *                                     │── too long ─► end it ─► Failed(TIMED_OUT)
 *                                     └── not wanted ─► end it ─► Cancelled
 * </pre>
 */
final class LocalStart {

    private static final int ATTEMPTS = 3;
    private static final long LOOK_EVERY_MILLIS = 50;

    private final Duration timeout;
    private final Launcher launcher;
    private final Shims shims;
    private final ReadinessProbe probe;
    private final ServerEnder ender;
    private final Function<WorkspaceId, ServerStatus> poll;
    private final SpawnRequest request;
    private final ServerFolder server;
    private final StartWatch watch;
    private final long deadline;
    private @Nullable Process process;
    private long logPosition;

    LocalStart(
            LocalSpawnSettings settings,
            Launcher launcher,
            Shims shims,
            ReadinessProbe probe,
            ServerEnder ender,
            Function<WorkspaceId, ServerStatus> poll,
            SpawnRequest request,
            ServerFolder server,
            StartWatch watch) {
        this.timeout = request.startTimeoutOr(settings.startTimeout());
        this.launcher = launcher;
        this.shims = shims;
        this.probe = probe;
        this.ender = ender;
        this.poll = poll;
        this.request = request;
        this.server = server;
        this.watch = watch;
        this.deadline = System.nanoTime() + timeout.toNanos();
    }

    StartOutcome run() {
        for (int attempt = 1; ; attempt++) {
            StartOutcome outcome = attempt();
            boolean portTaken =
                    outcome instanceof Failed(ServerEnding ending) && ending.code() == EndingCode.PORT_TAKEN;
            if (!portTaken || attempt == ATTEMPTS) {
                return outcome;
            }
        }
    }

    private StartOutcome attempt() {
        if (!watch.wanted()) {
            return new Cancelled();
        }
        try {
            if (!shims.isAlive(server)) {
                logPosition = 0;
                watch.phase(StartPhase.STARTING, "");
                process = launcher.launch(request, server);
            }
            return await();
        } catch (EnvironmentBroken e) {
            return new Failed(Diagnosis.environmentBroken(String.valueOf(e.getMessage()), List.of()));
        } catch (IOException e) {
            return new Failed(unwritable(e));
        } catch (InterruptedException e) {
            // The service goes down; servers stay, and the next service takes this start up again.
            Thread.currentThread().interrupt();
            return new Cancelled();
        }
    }

    private StartOutcome await() throws InterruptedException {
        List<ProcessHandle> processes = process != null ? List.of(process.toHandle()) : shims.of(server);
        while (processes.stream().anyMatch(ProcessHandle::isAlive)) {
            passOnLog();
            if (!watch.wanted()) {
                ender.end(server);
                return new Cancelled();
            }
            if (answers() && poll.apply(request.id()) instanceof Alive alive) {
                watch.phase(StartPhase.READY, "");
                return new Started(alive);
            }
            if (System.nanoTime() > deadline) {
                List<String> tail = logTail();
                ender.end(server);
                return new Failed(Diagnosis.timedOut(timeout.toSeconds(), tail));
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        ender.end(server);
        passOnLog();
        return new Failed(Diagnosis.of(server.exit(), status(), logTail()));
    }

    private boolean answers() throws InterruptedException {
        Optional<JsonObject> record = server.server();
        if (record.isEmpty() || Records.generation(record.get()) != request.generation()) {
            return false;
        }
        return probe.answers(requireNonNull(Records.alive(server, 0).target()), request.path());
    }

    private void passOnLog() {
        LogFile.Piece piece = LogFile.from(server.log(), logPosition);
        logPosition = piece.end();
        piece.lines().forEach(watch::line);
    }

    private List<String> logTail() {
        List<String> tail = LogFile.tail(server.log(), LocalProcessSpawner.TAIL_LINES);
        return tail.isEmpty() || server.exit().isEmpty()
                ? LogFile.tail(server.startLog(), LocalProcessSpawner.TAIL_LINES)
                : tail;
    }

    private @Nullable Integer status() {
        return process == null || process.isAlive() ? null : process.exitValue();
    }

    private ServerEnding unwritable(IOException e) {
        String said = String.valueOf(e.getMessage());
        if (said.contains("No space left") || said.contains("Disk quota exceeded")) {
            return Diagnosis.diskFull(server.path().toString());
        }
        // ProcessBuilder tells in words only that the interpreter cannot be run.
        return said.startsWith("Cannot run program")
                ? Diagnosis.environmentBroken("The environment's Python cannot be run: " + said + ".", List.of())
                : new ServerEnding(
                        EndingCode.HOME_UNUSABLE,
                        "The folder " + server.path() + " cannot be written: " + said + ". Make it writable for the"
                                + " account that runs Benchtop.",
                        List.of());
    }
}
