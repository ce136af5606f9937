package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the model-servers of canaries what values they gave, for the guards that look at answers and not at how they came. Only
 * whoever reconciles asks. An endpoint is asked at most every {@value #EVERY_SECONDS} s, in a thread of its own, so that a server that
 * does not answer holds up nobody else. What a server gave before it was first asked counts for nobody.
 */
final class OutputWatch {

    static final long EVERY_SECONDS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(OutputWatch.class);

    private final ServedOutputs outputs;
    private final CallCounts counts;
    private final InstantSource clock;
    private final Set<EndpointId> busy = ConcurrentHashMap.newKeySet();
    private final Map<EndpointId, Long> askedAt = new ConcurrentHashMap<>();
    private final Map<EndpointId, Map<URI, ServedOutputs.Totals>> known = new ConcurrentHashMap<>();

    OutputWatch(ServedOutputs outputs, CallCounts counts, InstantSource clock) {
        this.outputs = requireNonNull(outputs, "outputs is null");
        this.counts = requireNonNull(counts, "counts is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Returns at once. */
    void look(Endpoint endpoint, Map<ServedVersion, ArmState> seen) {
        if (!(endpoint.rollout() instanceof Rollout.Canary)) {
            known.remove(endpoint.id());
            askedAt.remove(endpoint.id());
            return;
        }
        long now = System.nanoTime();
        Long last = askedAt.get(endpoint.id());
        if ((last == null || now - last >= TimeUnit.SECONDS.toNanos(EVERY_SECONDS)) && busy.add(endpoint.id())) {
            askedAt.put(endpoint.id(), now);
            Thread.ofVirtual().name("outputs of " + endpoint.name()).start(() -> {
                try {
                    ask(endpoint.id(), seen);
                } catch (RuntimeException e) {
                    LOG.atWarn()
                            .addKeyValue("endpoint", endpoint.name())
                            .setCause(e)
                            .log("outputs were not counted");
                } finally {
                    busy.remove(endpoint.id());
                }
            });
        }
    }

    private void ask(EndpointId id, Map<ServedVersion, ArmState> seen) {
        Map<URI, ServedOutputs.Totals> before = known.computeIfAbsent(id, _ -> new HashMap<>());
        List<CallCounts.Counted> counted = new ArrayList<>();
        Set<URI> asked = new HashSet<>();
        seen.forEach((version, state) -> {
            if (state instanceof ArmState.Ready(List<ArmState.Server> servers, String _)) {
                for (ArmState.Server server : servers) {
                    asked.add(server.admin());
                    count(before, server.admin(), new ArmId(id, version), counted);
                }
            }
        });
        before.keySet().retainAll(asked);
        if (!counted.isEmpty()) {
            counts.count(UUID.randomUUID().toString(), clock.instant(), counted);
        }
    }

    private void count(Map<URI, ServedOutputs.Totals> before, URI admin, ArmId arm, List<CallCounts.Counted> counted) {
        try {
            ServedOutputs.Totals now = outputs.read(admin);
            ServedOutputs.Totals earlier = before.put(admin, now);
            if (earlier != null) {
                counted.add(new CallCounts.Counted(arm.endpoint(), arm.version(), now.since(earlier)));
            }
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("arm", arm).setCause(e).log("a model-server does not tell its statistics");
        }
    }
}
