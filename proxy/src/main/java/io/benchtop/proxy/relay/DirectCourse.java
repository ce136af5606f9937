package io.benchtop.proxy.relay;

import org.jspecify.annotations.Nullable;

/**
 * To one upstream only, a user's server or workspace-service. Behind the address of the service there may be replicas, of
 * which one goes while the next is alive, so it is tried once more.
 */
final class DirectCourse implements Course {

    private final Upstreams upstreams;
    private final UpstreamPool pool;
    private final boolean repeatable;
    private boolean triedAnother;

    DirectCourse(Upstreams upstreams, UpstreamPool pool, boolean repeatable) {
        this.upstreams = upstreams;
        this.pool = pool;
        this.repeatable = repeatable;
    }

    @Override
    public Kind kind() {
        return pool.isServer() ? Kind.SERVER : Kind.SERVICE;
    }

    @Override
    public void begin(Exchange exchange) {
        exchange.lead(pool);
    }

    @Override
    public boolean isRepeatable() {
        return repeatable;
    }

    @Override
    public @Nullable UpstreamPool another(Failure failure) {
        return failure == Failure.STALE || mayTryAnother() ? pool : null;
    }

    private boolean mayTryAnother() {
        boolean may = !pool.isServer() && !triedAnother;
        triedAnother = true;
        return may;
    }

    @Override
    public Refusal refusal(Failure failure) {
        if (failure == Failure.BAD_ANSWER || failure == Failure.TOO_LONG) {
            return Refusal.BAD_ANSWER;
        }
        if (!pool.isServer()) {
            return Refusal.SERVICE_AWAY;
        }
        return failure == Failure.UNREACHABLE ? Refusal.SERVER_UNREACHABLE : Refusal.SERVER_BROKE_OFF;
    }

    @Override
    public void ended(Exchange exchange, Outcome outcome) {
        upstreams.record(exchange, outcome);
    }
}
