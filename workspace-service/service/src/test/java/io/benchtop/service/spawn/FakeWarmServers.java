package io.benchtop.service.spawn;

import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.spawn.WarmServer.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Warm servers without processes: ready at once, unless the test says otherwise, and claimed when it says so. */
public final class FakeWarmServers implements WarmServers {

    private final Map<WorkspaceId, WarmServer> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger made = new AtomicInteger();
    private volatile State becomes = State.READY;

    /** What those that are made from now on are found as. */
    public void becoming(State state) {
        becomes = state;
    }

    /** Somebody's start takes it. */
    public void claim(WorkspaceId id) {
        waiting.remove(id);
    }

    public int made() {
        return made.get();
    }

    @Override
    public Optional<String> kind(ServerSpec spec) {
        return Optional.of(Integer.toHexString(spec.hashCode()));
    }

    @Override
    public List<WarmServer> list() {
        return List.copyOf(waiting.values());
    }

    @Override
    public List<WarmServer> seen() {
        return list();
    }

    @Override
    public void make(WorkspaceId id, ServerSpec spec) {
        made.incrementAndGet();
        waiting.put(id, new WarmServer(id, kind(spec).orElseThrow(), becomes));
    }

    @Override
    public void discard(WorkspaceId id) {
        waiting.remove(id);
    }
}
