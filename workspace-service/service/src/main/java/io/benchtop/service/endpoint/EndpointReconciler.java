package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.lease.HeldLease;
import io.benchtop.service.lease.LeaseLost;
import io.benchtop.service.lease.Leases;
import io.benchtop.service.problem.Outage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the model-servers match what endpoints want, and endpoints go on as what is seen allows.
 *
 * <p>One thread of one replica at a time, which holds the lease {@value #LEASE}: it looks at everything once a second, or at once when
 * something is wanted here. Nothing is remembered between two looks but since when nobody asked, so a replica that dies is followed by
 * another that sees the same.
 *
 * <p>Order matters: what is seen and decided is written and told to proxies before a server ends that they may still ask, because it
 * ends only when its endpoint has not wanted it for {@link Endpoint#KEPT_FOR}.
 */
public final class EndpointReconciler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointReconciler.class);
    private static final String LEASE = "endpoints";
    private static final long LOOK_EVERY_MILLIS = 1_000;
    private static final int MOST_STEPS_AT_ONCE = 4;
    /** Counts are for guards and pages of the last days. */
    private static final Duration COUNTS_KEPT = Duration.ofDays(7);
    /** Rows of proxies that are long gone. */
    private static final Duration PROXIES_KEPT = Duration.ofHours(1);
    /** A year and what it takes to look back at it. */
    private static final int CLIENTS_KEPT_DAYS = 400;

    private final EndpointRepository endpoints;
    private final CallCounts counts;
    private final Observations observations;
    private final ModelServers servers;
    private final EndpointNews news;
    private final OutputWatch outputs;
    private final Leases leases;
    private final Duration patience;
    private final Duration early;
    private final InstantSource clock;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Outage outage = new Outage(LOG, "looking at endpoints");
    private final Thread thread = Thread.ofPlatform().name("endpoints").daemon().unstarted(this::run);
    private Instant pruned = Instant.MIN;
    private volatile EndpointWatch watch = EndpointWatch.NONE;
    private volatile boolean closed;

    /**
     * @param patience how long a version may take until it answers
     * @param retention how long what gets no requests any more runs on; at most {@link Endpoint#KEPT_FOR}
     */
    EndpointReconciler(
            EndpointRepository endpoints,
            CallCounts counts,
            Observations observations,
            ModelServers servers,
            EndpointNews news,
            OutputWatch outputs,
            Leases leases,
            Duration patience,
            Duration retention,
            InstantSource clock) {
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.counts = requireNonNull(counts, "counts is null");
        this.observations = requireNonNull(observations, "observations is null");
        this.servers = requireNonNull(servers, "servers is null");
        this.news = requireNonNull(news, "news is null");
        this.outputs = requireNonNull(outputs, "outputs is null");
        this.leases = requireNonNull(leases, "leases is null");
        this.patience = requireNonNull(patience, "patience is null");
        if (retention.isNegative() || retention.compareTo(Endpoint.KEPT_FOR) > 0) {
            throw new IllegalArgumentException("the retention of endpoints is from 0 s to "
                    + Endpoint.KEPT_FOR.toMinutes() + " m, not " + retention);
        }
        this.early = Endpoint.KEPT_FOR.minus(retention);
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** @param also asked in each look, after the endpoints */
    public void begin(EndpointWatch also) {
        watch = requireNonNull(also, "also is null");
        thread.start();
    }

    /** Something is wanted: look now. */
    void wake() {
        wakeUps.release();
    }

    /** Ends looking. Servers are left as they are. */
    @Override
    public void close() {
        closed = true;
        wake();
    }

    private void run() {
        while (!closed) {
            try {
                Optional<HeldLease> lease = leases.take(LEASE);
                if (lease.isPresent()) {
                    try (HeldLease held = lease.get()) {
                        lookWhileHeld(held);
                    }
                } else {
                    pause();
                }
            } catch (LeaseLost e) {
                LOG.info("leaving the endpoints to another replica");
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!closed) {
                    outage.goesOn(e);
                    pauseAfterFailure();
                }
            }
        }
    }

    private void lookWhileHeld(HeldLease lease) throws InterruptedException {
        while (!closed) {
            look(lease);
            outage.over();
            pause();
        }
    }

    private void pause() throws InterruptedException {
        if (wakeUps.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
    }

    private void pauseAfterFailure() {
        try {
            pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Servers are listed before endpoints: what is listed and then wanted by none will not be wanted before it is started anew. */
    void look(HeldLease lease) {
        Map<ArmId, ArmState> running = servers.list();
        Set<ArmId> surplus = new HashSet<>(running.keySet());
        for (Endpoint endpoint : endpoints.list()) {
            lease.require();
            endpoint.wanted().forEach(version -> surplus.remove(new ArmId(endpoint.id(), version)));
            lookAt(endpoint, running, lease);
        }
        for (ArmId arm : surplus) {
            lease.require();
            LOG.atInfo().addKeyValue("arm", arm).log("ending the model-servers of a version that no endpoint wants");
            servers.end(arm);
        }
        watch.look(lease);
        Instant now = clock.instant();
        if (pruned.isBefore(now.minus(Duration.ofHours(1)))) {
            pruned = now;
            observations.forgetBefore(now.minus(PROXIES_KEPT));
            counts.forgetCountsBefore(now.minus(COUNTS_KEPT));
            counts.forgetClientsBefore(CallCounts.day(now).minusDays(CLIENTS_KEPT_DAYS));
        }
    }

    private void lookAt(Endpoint endpoint, Map<ArmId, ArmState> running, HeldLease lease) {
        Map<ServedVersion, ArmState> seen = new LinkedHashMap<>();
        boolean sleeps = maySleep(endpoint);
        for (ServedVersion version : endpoint.wanted()) {
            ArmId id = new ArmId(endpoint.id(), version);
            if (sleeps) {
                if (running.containsKey(id)) {
                    servers.end(id);
                }
                seen.put(version, new ArmState.Asleep());
            } else {
                servers.ensure(new Arm(
                        id,
                        endpoint.name(),
                        endpoint.settings().scaling(),
                        endpoint.settings().hardware()));
                seen.put(version, running.getOrDefault(id, new ArmState.Starting("It is being started.")));
            }
        }
        see(endpoint, seen, lease);
        outputs.look(endpoint, seen);
        goOn(endpoint, seen, lease);
    }

    /** Only an endpoint on which nothing is on its way, and that nobody has asked for a while. */
    private boolean maySleep(Endpoint endpoint) {
        if (endpoint.settings().scaling().min() > 0 || !endpoint.rollout().isAtRest()) {
            return false;
        }
        Instant asked = counts.lastAsked(endpoint.id());
        Instant since = asked == null || asked.isBefore(endpoint.rollout().since())
                ? endpoint.rollout().since()
                : asked;
        return clock.instant().isAfter(since.plus(endpoint.settings().scaling().idleAfter()));
    }

    private void see(Endpoint endpoint, Map<ServedVersion, ArmState> seen, HeldLease lease) {
        if (!endpoints.seen(endpoint.id()).equals(seen)) {
            news.change(endpoint.id(), same -> same, _ -> {
                lease.confirm();
                endpoints.see(endpoint.id(), seen);
            });
        }
    }

    /** Somebody who changed the endpoint meanwhile is right; the next look decides anew. */
    private void goOn(Endpoint endpoint, Map<ServedVersion, ArmState> seen, HeldLease lease) {
        List<Step> told = new ArrayList<>();
        Endpoint next = next(endpoint, seen, told);
        if (next.equals(endpoint)) {
            return;
        }
        news.change(endpoint.id(), before -> before.equals(endpoint) ? next : before, after -> {
            lease.confirm();
            if (after.equals(next)) {
                told.forEach(step -> endpoints.add(endpoint.id(), step));
            }
        });
        wake();
    }

    private Endpoint next(Endpoint endpoint, Map<ServedVersion, ArmState> seen, List<Step> told) {
        Endpoint next = endpoint.forgotten(clock.instant().plus(early));
        for (int step = 0; step < MOST_STEPS_AT_ONCE; step++) {
            Optional<RolloutDecision.Decision> decision = decide(next, seen);
            if (decision.isEmpty()) {
                break;
            }
            next = decision.get().next();
            told.add(decision.get().step());
        }
        return next;
    }

    private Optional<RolloutDecision.Decision> decide(Endpoint endpoint, Map<ServedVersion, ArmState> seen) {
        return RolloutDecision.decide(
                endpoint,
                version -> seen.getOrDefault(version, new ArmState.Starting("It is being started.")),
                (version, since) -> counts.measure(endpoint.id(), version, since),
                patience,
                clock.instant());
    }
}
