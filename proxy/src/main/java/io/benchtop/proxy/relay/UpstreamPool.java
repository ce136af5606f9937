package io.benchtop.proxy.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.benchtop.proxy.auth.Principal;
import io.benchtop.proxy.routing.RouteEntry;
import io.benchtop.proxy.serving.ModelTarget;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kept connections of one event loop to one upstream. There is one pool per {@link RouteEntry} or {@link ModelTarget}
 * object, not per address: an address that is given to another server never inherits a connection.
 */
final class UpstreamPool {

    private static final int MAX_IDLE = 256;

    private final InetSocketAddress address;
    private final @Nullable RouteEntry entry;
    private final @Nullable ModelTarget target;
    private final byte[] headEnd;
    private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
    private boolean closed;
    private @Nullable Principal stampedFor;
    private byte[] stamp = new byte[0];
    private long stampedAt;

    private UpstreamPool(
            InetSocketAddress address, @Nullable RouteEntry entry, @Nullable ModelTarget target, String headEnd) {
        this.address = address;
        this.entry = entry;
        this.target = target;
        this.headEnd = headEnd.getBytes(ISO_8859_1);
    }

    static UpstreamPool service(InetSocketAddress address) {
        return new UpstreamPool(address, null, null, "");
    }

    static UpstreamPool server(InetSocketAddress address, RouteEntry entry) {
        return new UpstreamPool(address, entry, null, "");
    }

    static UpstreamPool model(ModelTarget target) {
        return new UpstreamPool(target.address(), null, target, "X-Benchtop-Serving-Key: " + target.key() + "\r\n\r\n");
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

    /** Whether it is workspace-service, the only upstream that speaks for the whole site. */
    boolean isService() {
        return entry == null && target == null;
    }

    /** With what a head that was left open for this upstream ends; empty where heads are written whole. */
    byte[] headEnd() {
        return headEnd;
    }

    private boolean isRetired() {
        return (entry != null && entry.isRetired()) || (target != null && target.isRetired());
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
        if (closed || idle.size() >= MAX_IDLE || isRetired()) {
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
