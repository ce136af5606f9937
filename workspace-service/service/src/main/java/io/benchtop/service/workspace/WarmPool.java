package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.lease.HeldLease;
import io.benchtop.service.lease.LeaseLost;
import io.benchtop.service.lease.Leases;
import io.benchtop.service.problem.Outage;
import io.benchtop.service.profile.OfferedProfile;
import io.benchtop.service.profile.OptionSlug;
import io.benchtop.service.profile.Overrides;
import io.benchtop.service.profile.ProfileOffers;
import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.profile.ServerSpecs;
import io.benchtop.service.spawn.WarmServer;
import io.benchtop.service.spawn.WarmServer.State;
import io.benchtop.service.spawn.WarmServers;
import io.benchtop.service.spawn.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that as many servers wait ready as profiles say. Every few seconds one replica compares what waits with what is
 * wanted and makes or discards the difference. What a workspace waits for is spoken for: it counts no more and is left alone.
 * The replica that has the lease keeps it: two versions that took turns would discard each other's servers.
 */
public final class WarmPool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WarmPool.class);
    private static final String LEASE = "warm-servers";

    private final WarmServers warm;
    private final ProfileOffers profiles;
    private final WorkspaceRepository workspaces;
    private final Leases leases;
    private final InstantSource clock;
    private final Duration lookEvery;
    private final WarmRests rests = new WarmRests();
    private final Outage outage = new Outage(LOG, "keeping servers warm");
    private @Nullable HeldLease lease;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("warm servers").daemon().unstarted(this::run);

    WarmPool(
            WarmServers warm,
            ProfileOffers profiles,
            WorkspaceRepository workspaces,
            Leases leases,
            InstantSource clock,
            Duration lookEvery) {
        this.warm = requireNonNull(warm, "warm is null");
        this.profiles = requireNonNull(profiles, "profiles is null");
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.leases = requireNonNull(leases, "leases is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.lookEvery = requireNonNull(lookEvery, "lookEvery is null");
    }

    void begin() {
        if (!warm.equals(WarmServers.NONE)) {
            thread.start();
        }
    }

    private void run() {
        try {
            while (!end.await(lookEvery.toNanos(), TimeUnit.NANOSECONDS)) {
                attempt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() {
        try {
            if (lease == null) {
                lease = leases.take(LEASE).orElse(null);
            }
            if (lease != null) {
                look(lease);
            }
            outage.over();
        } catch (LeaseLost e) {
            lease = null;
            LOG.atInfo().log("leaving warm servers to another replica");
        } catch (RuntimeException e) {
            outage.goesOn(e);
        }
    }

    private void look(HeldLease held) {
        held.require();
        Instant now = clock.instant();
        List<WarmServer> waiting =
                warm.list().stream().filter(server -> !isSpokenFor(server.id())).toList();
        rests.note(waiting, now);
        Map<String, ServerSpec> specs = new HashMap<>();
        WarmPlan plan = WarmPlan.of(wanted(specs), waiting);
        for (WorkspaceId id : plan.discard()) {
            held.require();
            warm.discard(id);
        }
        plan.make().forEach((kind, count) -> make(held, kind, requireNonNull(specs.get(kind)), count, now));
    }

    /** Whether a workspace's first start will claim it; one that failed before it did will not. */
    private boolean isSpokenFor(WorkspaceId id) {
        return workspaces.find(id).filter(workspace -> workspace.wants(1)).isPresent();
    }

    private Map<String, Integer> wanted(Map<String, ServerSpec> specs) {
        Map<String, Integer> wanted = new HashMap<>();
        for (OfferedProfile profile : profiles.warmed()) {
            ServerSpec spec = spec(profile);
            warm.kind(spec).ifPresent(kind -> {
                specs.put(kind, spec);
                wanted.merge(kind, profile.warmServers(), Integer::sum);
            });
        }
        return wanted;
    }

    private static ServerSpec spec(OfferedProfile profile) {
        return ServerSpecs.of(profile, Overrides.NONE);
    }

    private void make(HeldLease held, String kind, ServerSpec spec, int count, Instant now) {
        for (int made = 0; made < count && !rests.rests(kind, now); made++) {
            held.require();
            try {
                warm.make(WorkspaceId.random(), spec);
            } catch (RuntimeException e) {
                rests.failed(kind, now);
                throw e;
            }
        }
    }

    /** How many wait for whom, as last seen. */
    public Map<OptionSlug, Map<State, Long>> counts() {
        List<WarmServer> seen = warm.seen();
        Map<OptionSlug, Map<State, Long>> counts = new LinkedHashMap<>();
        for (OfferedProfile profile : profiles.warmed()) {
            String kind = warm.kind(spec(profile)).orElse("");
            counts.put(
                    profile.slug(),
                    seen.stream()
                            .filter(server -> server.kind().equals(kind))
                            .collect(Collectors.groupingBy(WarmServer::state, Collectors.counting())));
        }
        return counts;
    }

    /** Ends looking; whoever ends the leases gives this one back too. What waits goes on waiting. */
    @Override
    public void close() {
        end.countDown();
    }
}
