package io.benchtop.proxy.serving;

import io.benchtop.api.routing.EndpointRoute;
import io.benchtop.api.routing.EndpointUsage;
import io.benchtop.proxy.auth.Principal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint while it is in the table: the present {@link Plan}, and what must outlive a change of it: who calls how fast,
 * what is in progress, who waits, what is still to be reported. Thread-safe without locks; only the feed's thread changes
 * the plan.
 */
public final class Endpoint {

    static final int MAX_WAITING = 100;
    private static final int MAX_CLIENTS = 10_000;
    private static final long CLIENT_KEPT_NANOS = Duration.ofMinutes(10).toNanos();
    private static final String OTHERS = "(others)";

    private final String name;
    private final Endpoints endpoints;
    private final ServingMetrics.OfEndpoint metrics;
    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private final Set<Call> waiting = ConcurrentHashMap.newKeySet();
    private final Map<String, ClientMeter> clients = new ConcurrentHashMap<>();
    private final Map<String, ArmTraffic> traffic = new ConcurrentHashMap<>();
    private volatile @Nullable Plan plan;
    private long countedSince;

    Endpoint(String name, Endpoints endpoints, ServingMetrics.OfEndpoint metrics, long nowMillis) {
        this.name = name;
        this.endpoints = endpoints;
        this.metrics = metrics;
        this.countedSince = nowMillis;
    }

    public String name() {
        return name;
    }

    @Nullable
    Plan plan() {
        return plan;
    }

    ServingMetrics.OfEndpoint metrics() {
        return metrics;
    }

    /** How long a call waits for a version whose model-servers have all ended. */
    long recoveryNanos() {
        return endpoints.recoveryNanos();
    }

    /** The name of the header that the sender may choose its arm's key by, or null. */
    public @Nullable String stickyHeader() {
        Plan now = plan;
        return now == null ? null : now.route().sticky().header();
    }

    /** How long a request body may be; {@link Long#MAX_VALUE} for any length. */
    public long maxBodyBytes() {
        Plan now = plan;
        long max = now == null ? 0 : now.route().limits().maxBodyBytes();
        return max == 0 ? Long.MAX_VALUE : max;
    }

    /** Takes another version of the route; returns the model-servers that are no longer there. */
    List<ModelTarget> change(@Nullable EndpointRoute route) {
        Plan before = plan;
        Plan now = route == null ? null : new Plan(route, before, this::trafficOf, System.nanoTime());
        plan = now;
        List<ModelTarget> gone = before == null ? List.of() : before.targetsMissingIn(now);
        gone.forEach(ModelTarget::retire);
        waiting.forEach(Call::changed);
        return gone;
    }

    private ArmTraffic trafficOf(String version) {
        return traffic.computeIfAbsent(version, key -> new ArmTraffic(key, metrics.arm(key)));
    }

    /** Decides whether the caller may call, whether not too often, and which arm it gets. */
    public Admission admit(Principal who, CallerHints hints, boolean secure) {
        Plan now = plan;
        if (now == null || !now.mayCall(who)) {
            return new Admission.Refused(Denial.UNKNOWN);
        }
        ServedArm named = hints.version() == null ? null : now.arm(hints.version());
        if (hints.version() != null && (named == null || !now.mayName(who, named))) {
            return new Admission.Refused(Denial.UNKNOWN);
        }
        long nanos = System.nanoTime();
        String client = who.client() == null ? who.user() : who.client();
        ClientMeter meter = meter(client, nanos);
        Admission.Refused refused = enter(now, client, meter, nanos);
        if (refused != null) {
            meter.refused(nanos);
            metrics.refused();
            return refused;
        }
        meter.admitted(nanos);
        metrics.inFlight(1);
        Assignment assignment = assign(now, hints, client);
        StickyCookie cookie = now.cookie();
        String set = cookie != null && assignment.newCookie() ? cookie.setting(assignment.key(), secure) : null;
        ServedArm arm = named == null ? now.arm(assignment.bucket()) : named;
        return new Admission.Admitted(new Call(this, meter, assignment, arm, hints.version(), set, nanos));
    }

    /** A browser, or who shows a cookie of ours that is not right, gets a new one. */
    private Assignment assign(Plan now, CallerHints hints, String client) {
        StickyCookie cookie = now.cookie();
        String known = cookie == null ? null : cookie.idIn(hints.cookies());
        boolean keeps = cookie != null && known == null && (hints.browser() || cookie.isIn(hints.cookies()));
        String fresh = keeps ? StickyCookie.freshId(random) : null;
        var caller = new Assignment.Caller(hints.header(), known, fresh, client);
        return Assignment.of(now.route(), caller, ThreadLocalRandom.current()::nextInt);
    }

    private ClientMeter meter(String client, long nanos) {
        ClientMeter known = clients.get(client);
        if (known != null) {
            return known;
        }
        String name = clients.size() < MAX_CLIENTS ? client : OTHERS;
        return clients.computeIfAbsent(name, key -> new ClientMeter(key, nanos));
    }

    /** Null when there is room; what was taken is then given back by {@link #left}. */
    private Admission.@Nullable Refused enter(Plan plan, String client, ClientMeter meter, long nanos) {
        long spentFor = plan.spentForSeconds(client, InstantSource.system());
        if (spentFor > 0) {
            return new Admission.Refused(Denial.QUOTA_SPENT, (int) spentFor);
        }
        EndpointRoute.Limits limits = plan.route().limits();
        if (isOver(inFlight, limits.inFlight())) {
            return new Admission.Refused(Denial.ENDPOINT_BUSY);
        }
        if (isOver(meter.inFlight(), limits.clientInFlight())) {
            inFlight.decrementAndGet();
            return new Admission.Refused(Denial.CLIENT_BUSY);
        }
        double rate = limits.requestsPerSecond();
        long early = rate > 0 ? meter.rate().take(rate, limits.burst(), nanos) : 0;
        if (early > 0) {
            inFlight.decrementAndGet();
            meter.inFlight().decrementAndGet();
            return new Admission.Refused(Denial.TOO_FAST, (int) Math.min(3600, early / 1_000_000_000 + 1));
        }
        return null;
    }

    private static boolean isOver(AtomicInteger count, int limit) {
        boolean over = count.incrementAndGet() > limit && limit > 0;
        if (over) {
            count.decrementAndGet();
        }
        return over;
    }

    void left(ClientMeter meter) {
        inFlight.decrementAndGet();
        meter.inFlight().decrementAndGet();
        metrics.inFlight(-1);
    }

    boolean await(Call call) {
        if (waitingCount.incrementAndGet() > MAX_WAITING) {
            waitingCount.decrementAndGet();
            return false;
        }
        waiting.add(call);
        metrics.waiting(1);
        endpoints.wake(name);
        // The table may have changed between the look that found nothing and the adding.
        call.changed();
        return true;
    }

    void stopWaiting(Call call) {
        if (waiting.remove(call)) {
            waitingCount.decrementAndGet();
            metrics.waiting(-1);
        }
    }

    boolean isWaitedFor() {
        return !waiting.isEmpty();
    }

    /** Whether it is gone and nothing is in progress any more. */
    boolean isOver() {
        return plan == null && inFlight.get() == 0;
    }

    /** Takes what was counted since the last time; null if there was nothing. Called by one thread only. */
    @Nullable
    EndpointUsage drain(long nowMillis) {
        List<EndpointUsage.OfArm> arms = traffic.values().stream()
                .map(ArmTraffic::drain)
                .filter(Objects::nonNull)
                .toList();
        List<EndpointUsage.OfClient> callers = clients.values().stream()
                .map(ClientMeter::drain)
                .filter(Objects::nonNull)
                .toList();
        long since = countedSince;
        countedSince = nowMillis;
        long idle = System.nanoTime() - CLIENT_KEPT_NANOS;
        clients.values().removeIf(meter -> meter.isIdleSince(idle));
        return arms.isEmpty() && callers.isEmpty() ? null : new EndpointUsage(name, arms, callers, since);
    }

    /** The series of metrics go with the endpoint. */
    void forget() {
        traffic.keySet().forEach(metrics::remove);
        metrics.remove();
    }
}
