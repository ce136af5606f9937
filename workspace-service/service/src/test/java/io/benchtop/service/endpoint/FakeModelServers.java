package io.benchtop.service.endpoint;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Model-servers that are ready when a test says so. */
public final class FakeModelServers implements ModelServers {

    /** Each server takes three ports from here on: HTTP, gRPC, administration. */
    static final int FIRST_PORT = 20_000;

    private final Map<ArmId, ArmState> arms = new LinkedHashMap<>();
    private final Map<ArmId, Arm> asked = new LinkedHashMap<>();
    private final List<ArmId> ended = new ArrayList<>();
    private Runnable changed = () -> {};
    private int ports = FIRST_PORT;

    @Override
    public synchronized void ensure(Arm arm) {
        asked.put(arm.id(), arm);
        arms.putIfAbsent(arm.id(), new ArmState.Starting("The model is being loaded."));
    }

    @Override
    public synchronized void end(ArmId arm) {
        if (arms.remove(arm) != null) {
            ended.add(arm);
        }
    }

    @Override
    public synchronized Map<ArmId, ArmState> list() {
        return Map.copyOf(arms);
    }

    @Override
    public void onChange(Runnable listener) {
        changed = listener;
    }

    @Override
    public List<String> log(ArmId arm, int lines) {
        return List.of();
    }

    /** As it was asked for last. */
    public synchronized List<Arm> asked() {
        return List.copyOf(asked.values());
    }

    /** Everything that runs answers. */
    public synchronized void answer() {
        arms.replaceAll((_, state) -> state instanceof ArmState.Ready
                ? state
                : new ArmState.Ready(List.of(new ArmState.Server(
                        URI.create("http://127.0.0.1:" + ports++),
                        "127.0.0.1:" + ports++,
                        URI.create("http://127.0.0.1:" + ports++)))));
        changed.run();
    }

    public synchronized void fail(ServedVersion version, String message) {
        arms.replaceAll((id, state) -> id.version().equals(version) ? new ArmState.Failed("ENDED", message) : state);
        changed.run();
    }

    synchronized List<ArmId> ended() {
        return List.copyOf(ended);
    }
}
