package io.benchtop.proxy.serving;

import io.benchtop.api.routing.EndpointRoute;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One model-server as long as it stands in the table, through all changes of shares around it. Compared by identity: an
 * address that is given to another model-server never inherits a connection, a count or a bad name.
 */
public final class ModelTarget {

    private static final long FIRST_BACKOFF_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MAX_DOUBLINGS = 8;

    private final EndpointRoute.Target target;
    private final InetSocketAddress address;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile long avoidedUntil;
    private volatile boolean retired;

    ModelTarget(EndpointRoute.Target target) {
        this.target = target;
        URI url = URI.create(target.address());
        if (url.getHost() == null || url.getPort() < 0) {
            throw new IllegalArgumentException("a model-server's address is http://host:port, not " + target.address());
        }
        this.address = new InetSocketAddress(url.getHost(), url.getPort());
    }

    /** {@code http://host:port}. */
    String url() {
        return target.address();
    }

    public InetSocketAddress address() {
        return address;
    }

    /** {@code host:port}; null if it has no gRPC port. */
    public @Nullable String grpc() {
        return target.grpc();
    }

    /** What it wants to see before it answers. */
    public String key() {
        return target.key();
    }

    /** Whether the table no longer has it. */
    public boolean isRetired() {
        return retired;
    }

    void retire() {
        retired = true;
    }

    AtomicInteger inFlight() {
        return inFlight;
    }

    /**
     * It took no connection, or ended one without an answer: it is left out for a while, twice as long each time. What breaks
     * while it is left out tells of the same end, and counts once.
     */
    void broke(long nowNanos) {
        if (avoidedFor(nowNanos) > 0) {
            return;
        }
        int doublings = Math.min(failures.getAndIncrement(), MAX_DOUBLINGS);
        avoidedUntil = nowNanos + (FIRST_BACKOFF_NANOS << doublings);
    }

    void answered() {
        if (failures.get() != 0) {
            failures.set(0);
        }
    }

    /** For how long it is still to be left out; 0 or less if it is not. */
    long avoidedFor(long nowNanos) {
        return failures.get() == 0 ? 0 : avoidedUntil - nowNanos;
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
