package io.benchtop.proxy.serving;

import io.benchtop.api.routing.EndpointUsage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What one client of one endpoint did: how fast, how much at once, and what is still to be reported. */
final class ClientMeter {

    private final String client;
    private final RateMeter rate;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile long lastNanos;

    ClientMeter(String client, long nowNanos) {
        this.client = client;
        this.rate = new RateMeter(nowNanos);
        this.lastNanos = nowNanos;
    }

    RateMeter rate() {
        return rate;
    }

    AtomicInteger inFlight() {
        return inFlight;
    }

    void admitted(long nowNanos) {
        lastNanos = nowNanos;
        requests.incrementAndGet();
    }

    void refused(long nowNanos) {
        lastNanos = nowNanos;
        refused.incrementAndGet();
    }

    void failed() {
        failures.incrementAndGet();
    }

    /** Whether nothing would be lost by forgetting it. */
    boolean isIdleSince(long nanos) {
        return lastNanos - nanos < 0 && inFlight.get() == 0 && isReported();
    }

    private boolean isReported() {
        return requests.get() == 0 && refused.get() == 0 && failures.get() == 0;
    }

    /** Takes what was counted; null if there was nothing. */
    EndpointUsage.@Nullable OfClient drain() {
        return isReported()
                ? null
                : new EndpointUsage.OfClient(
                        client, requests.getAndSet(0), refused.getAndSet(0), failures.getAndSet(0));
    }
}
