package io.benchtop.proxy.relay;

import io.benchtop.proxy.auth.Principal;
import io.benchtop.proxy.routing.RouteEntry;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kept connections of one event loop to one upstream. There is one pool per {@link RouteEntry} object, not per
 * address: an address that is given to another user's server never inherits a connection.
 */
final class UpstreamPool {

    private static final int MAX_IDLE = 256;

    private final InetSocketAddress address;
    private final @Nullable RouteEntry entry;
    private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
    private boolean closed;
    private @Nullable Principal stampedFor;
    private byte[] stamp = new byte[0];
    private long stampedAt;

    UpstreamPool(InetSocketAddress address, @Nullable RouteEntry entry) {
        this.address = address;
        this.entry = entry;
    }

    InetSocketAddress address() {
        return address;
    }

    /** The route this leads to; null for workspace-service itself. */
    @Nullable
    RouteEntry entry() {
        return entry;
    }

    boolean isServer() {
        return entry != null;
    }

    /** The most recently used live connection, or null. */
    @Nullable
    UpstreamConnection take() {
        for (UpstreamConnection last = idle.pollLast(); last != null; last = idle.pollLast()) {
            if (last.isActive()) {
                return last;
            }
        }
        return null;
    }

    void giveBack(UpstreamConnection connection) {
        if (closed || idle.size() >= MAX_IDLE || (entry != null && entry.isRetired())) {
            connection.close();
        } else {
            idle.addLast(connection);
        }
    }

    void forget(UpstreamConnection connection) {
        idle.remove(connection);
    }

    void closeIdleSince(long nanos) {
        while (!idle.isEmpty() && idle.getFirst().idleSince() - nanos < 0) {
            idle.removeFirst().close();
        }
    }

    void close() {
        closed = true;
        List<UpstreamConnection> kept = List.copyOf(idle);
        idle.clear();
        kept.forEach(UpstreamConnection::close);
    }

    /** The identity header made for this principal lately, or null. A route has one owner, so one place is enough. */
    byte @Nullable [] stampFor(Principal who, long nowMillis, long maxAgeMillis) {
        boolean fresh = who.equals(stampedFor) && nowMillis - stampedAt < maxAgeMillis && nowMillis >= stampedAt;
        return fresh ? stamp : null;
    }

    void stamp(Principal who, byte[] header, long nowMillis) {
        stampedFor = who;
        stamp = header;
        stampedAt = nowMillis;
    }
}
