package io.benchtop.service.spawn.local;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.spawn.Failpoint;
import io.benchtop.service.spawn.ServerEnding;
import io.benchtop.service.spawn.ServerStatus;
import io.benchtop.service.spawn.ServerStatus.Absent;
import io.benchtop.service.spawn.ServerStatus.Alive;
import io.benchtop.service.spawn.ServerStatus.Ended;
import io.benchtop.service.spawn.ServerTokens;
import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.spawn.StartOutcome;
import io.benchtop.service.spawn.StartWatch;
import io.benchtop.service.spawn.WorkspaceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Runs servers as processes of this machine.
 *
 * <pre>
 *   service ── launch.json ──► shim (guard, keeper) ──► jupyter lab ──► kernels
 *      ▲                         │
 *      └── server.json, exit.json, server.log ◄┘
 * </pre>
 *
 * The shim outlives the service: everything said between the two goes through files of the server's folder, and who runs
 * is read from the machine's processes. So a new service finds what an old one started, and there is no state here.
 */
public final class LocalProcessSpawner implements Spawner, AutoCloseable {

    static final int TAIL_LINES = 40;

    /** A token lives for an hour: one that is written anew this often always has time left. */
    private static final Duration TOKEN_AGE = Duration.ofMinutes(20);

    private final LocalSpawnSettings settings;
    private final Launcher launcher;
    private final InstantSource clock;
    private final Shims shims = new Shims();
    private final ServerEnder ender = new ServerEnder(shims);
    private final ReadinessProbe probe = new ReadinessProbe();
    private final MemoryUse memoryUse = new MemoryUse(Path.of("/proc"));

    public LocalProcessSpawner(
            LocalSpawnSettings settings,
            LocalHomes homes,
            ServerTokens tokens,
            Failpoint failpoint,
            InstantSource clock) {
        this.settings = requireNonNull(settings, "settings is null");
        this.launcher = new Launcher(settings, homes, tokens, failpoint);
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public StartOutcome start(SpawnRequest request, StartWatch watch) {
        ServerFolder server = folder(request.id());
        if (poll(request.id()) instanceof Alive alive && alive.generation() != request.generation()) {
            stop(request.id());
        }
        return new LocalStart(settings, launcher, shims, probe, ender, this::poll, request, server, watch).run();
    }

    @Override
    public void stop(WorkspaceId id) {
        ender.end(folder(id));
    }

    @Override
    public ServerStatus poll(WorkspaceId id) {
        ServerFolder server = folder(id);
        List<ProcessHandle> processes = shims.of(server);
        if (!processes.isEmpty()) {
            return Records.alive(server, processes.getFirst().pid());
        }
        Optional<JsonObject> exit = server.exit();
        Optional<JsonObject> ran = exit.or(server::server);
        if (ran.isEmpty()) {
            return new Absent();
        }
        ServerEnding ending = Diagnosis.of(exit, null, logTail(id, TAIL_LINES));
        return new Ended(Records.generation(ran.get()), ending);
    }

    @Override
    public Map<WorkspaceId, Alive> list() {
        Map<WorkspaceId, Alive> servers = new HashMap<>();
        Path root = settings.data().resolve("servers");
        shims.all()
                .filter(shim -> root.equals(shim.folder().getParent()))
                .forEach(shim -> WorkspaceId.find(shim.folder().getFileName().toString())
                        .flatMap(id -> servers.containsKey(id) ? Optional.empty() : Optional.of(id))
                        .ifPresent(id -> {
                            if (poll(id) instanceof Alive alive) {
                                servers.put(id, alive);
                            }
                        }));
        return servers;
    }

    @Override
    public List<String> logTail(WorkspaceId id, int lines) {
        return LogFile.tail(folder(id).log(), lines);
    }

    @Override
    public OptionalLong memoryBytes(WorkspaceId id) {
        ServerFolder server = folder(id);
        return shims.isAlive(server)
                ? server.server().map(memoryUse::of).orElse(OptionalLong.empty())
                : OptionalLong.empty();
    }

    @Override
    public void renewToken(WorkspaceId id, long generation, UserName owner) {
        ServerFolder server = folder(id);
        try {
            Instant written = Files.exists(server.tokenFile())
                    ? Files.getLastModifiedTime(server.tokenFile()).toInstant()
                    : Instant.EPOCH;
            if (!written.plus(TOKEN_AGE).isAfter(clock.instant())) {
                launcher.writeToken(server, owner, id, generation);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot renew the token of " + id, e);
        }
    }

    @Override
    public void forget(WorkspaceId id) {
        try {
            FolderRemoval.remove(folder(id).path());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the server folder of " + id, e);
        }
    }

    private ServerFolder folder(WorkspaceId id) {
        return new ServerFolder(settings.data().resolve("servers").resolve(id.value()));
    }

    @Override
    public void close() {
        probe.close();
    }
}
