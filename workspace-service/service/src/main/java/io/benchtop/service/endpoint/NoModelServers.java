package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Where no model-server can be started: everything that is wanted has failed, and the reason says what to do. */
public final class NoModelServers implements ModelServers {

    private final String reason;
    private final Set<ArmId> wanted = ConcurrentHashMap.newKeySet();

    public NoModelServers(String reason) {
        this.reason = requireNonNull(reason, "reason is null");
    }

    @Override
    public void ensure(Arm arm) {
        wanted.add(arm.id());
    }

    @Override
    public void end(ArmId arm) {
        wanted.remove(arm);
    }

    @Override
    public Map<ArmId, ArmState> list() {
        return wanted.stream().collect(Collectors.toMap(id -> id, _ -> new ArmState.Failed("NO_MODEL_SERVER", reason)));
    }

    @Override
    public void onChange(Runnable listener) {}

    @Override
    public List<String> log(ArmId arm, int lines) {
        return List.of();
    }
}
