package io.benchtop.service.spawn;

import io.benchtop.api.workspace.AppliedLimits;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.spawn.ServerStatus.Absent;
import io.benchtop.service.spawn.ServerStatus.Alive;
import io.benchtop.service.spawn.ServerStatus.Ended;
import java.net.URI;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A spawner without processes, as obedient as the contract demands; what goes wrong is told by the test. */
public final class FakeSpawner implements Spawner, SpawnerHealth {

    private final Map<WorkspaceId, ServerStatus> servers = new ConcurrentHashMap<>();
    private final Map<WorkspaceId, List<String>> logs = new ConcurrentHashMap<>();
    private final Map<WorkspaceId, ServerEnding> failures = new ConcurrentHashMap<>();
    private final Map<WorkspaceId, Integer> renewals = new ConcurrentHashMap<>();
    private final Map<WorkspaceId, SpawnRequest> requests = new ConcurrentHashMap<>();
    private final AtomicInteger processes = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final InstantSource clock;
    private volatile boolean hanging;
    private volatile @Nullable Health health;

    public FakeSpawner(InstantSource clock) {
        this.clock = clock;
    }

    /** From now on it is seen like this. */
    public void feel(Health now) {
        this.health = now;
    }

    @Override
    public Health health() {
        Health told = health;
        return told == null ? Health.good(clock.instant()) : told;
    }

    /** Each start of this workspace fails like this from now on. */
    public void failStarts(WorkspaceId id, ServerEnding ending) {
        failures.put(id, ending);
    }

    /** Servers do not get ready until told otherwise. */
    public void hang(boolean hang) {
        this.hanging = hang;
    }

    /** The server ends although nobody asked. */
    public void exit(WorkspaceId id, ServerEnding ending) {
        servers.computeIfPresent(
                id, (_, status) -> status instanceof Alive alive ? new Ended(alive.generation(), ending) : status);
    }

    /** Server and all that was known about it are gone, as after a restart of the machine. */
    public void vanish(WorkspaceId id) {
        servers.remove(id);
    }

    /** Something runs that nobody here started. */
    public void addOrphan(WorkspaceId id) {
        servers.put(id, alive(1));
    }

    /** What this workspace's server was last asked to be made of; null if none was. */
    public @Nullable SpawnRequest lastRequest(WorkspaceId id) {
        return requests.get(id);
    }

    public int startedProcesses() {
        return processes.get();
    }

    /** How many starts wait for a server that hangs. */
    public int waitingStarts() {
        return waiting.get();
    }

    public int renewals(WorkspaceId id) {
        return renewals.getOrDefault(id, 0);
    }

    @Override
    public StartOutcome start(SpawnRequest request, StartWatch watch) {
        WorkspaceId id = request.id();
        requests.put(id, request);
        if (servers.get(id) instanceof Alive alive && alive.generation() == request.generation()) {
            return new StartOutcome.Started(alive);
        }
        ServerEnding failure = failures.get(id);
        if (failure != null) {
            logs.put(id, failure.logTail());
            servers.put(id, new Ended(request.generation(), failure));
            return new StartOutcome.Failed(failure);
        }
        List<String> log = List.of("starting generation " + request.generation());
        logs.put(id, log);
        watch.phase(StartPhase.STARTING, "Starting as told.");
        log.forEach(watch::line);
        waiting.incrementAndGet();
        try {
            while (hanging && watch.wanted()) {
                pause();
            }
        } finally {
            waiting.decrementAndGet();
        }
        if (!watch.wanted()) {
            servers.remove(id);
            return new StartOutcome.Cancelled();
        }
        Alive alive = alive(request.generation());
        servers.put(id, alive);
        watch.phase(StartPhase.READY, "");
        return new StartOutcome.Started(alive);
    }

    private Alive alive(long generation) {
        int process = processes.incrementAndGet();
        byte[] key = new byte[32];
        key[0] = (byte) process;
        return new Alive(
                generation,
                "fake " + process,
                URI.create("http://127.0.0.1:" + (10_000 + process)),
                Base64.getUrlEncoder().withoutPadding().encodeToString(key),
                clock.instant(),
                new AppliedLimits("none", "none"));
    }

    @Override
    public void stop(WorkspaceId id) {
        exit(id, new ServerEnding(EndingCode.STOPPED, "Stopped.", List.of()));
    }

    @Override
    public ServerStatus poll(WorkspaceId id) {
        return servers.getOrDefault(id, new Absent());
    }

    @Override
    public Map<WorkspaceId, Alive> list() {
        Map<WorkspaceId, Alive> live = new HashMap<>();
        servers.forEach((id, status) -> {
            if (status instanceof Alive alive) {
                live.put(id, alive);
            }
        });
        return live;
    }

    @Override
    public List<String> logTail(WorkspaceId id, int lines) {
        List<String> log = logs.getOrDefault(id, List.of());
        return log.subList(Math.max(0, log.size() - lines), log.size());
    }

    @Override
    public OptionalLong memoryBytes(WorkspaceId id) {
        return servers.get(id) instanceof Alive ? OptionalLong.of(1 << 20) : OptionalLong.empty();
    }

    @Override
    public void renewToken(WorkspaceId id, long generation, UserName owner) {
        renewals.merge(id, 1, Integer::sum);
    }

    @Override
    public void forget(WorkspaceId id) {
        servers.remove(id);
        logs.remove(id);
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
