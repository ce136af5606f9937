package io.benchtop.proxy.relay;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many connections one client may have open at once (S25), so that nobody can use up the process's file descriptors
 * alone. A client is an IPv4 address or the /64 of an IPv6 one, of which a single machine has all addresses. Remembers
 * nothing but who is connected. Thread-safe.
 */
final class ConnectionLimit {

    private static final int IPV6_PREFIX_BYTES = 8;

    private final int perClient;
    private final ConcurrentHashMap<ByteBuffer, Integer> open = new ConcurrentHashMap<>();

    ConnectionLimit(int perClient) {
        this.perClient = perClient;
    }

    /** Whether one more may be opened; if so it is counted until {@link #leave}. */
    boolean enter(InetAddress address) {
        boolean[] admitted = new boolean[1];
        open.compute(client(address), (client, count) -> {
            int before = count == null ? 0 : count;
            admitted[0] = before < perClient;
            return admitted[0] ? Integer.valueOf(before + 1) : count;
        });
        return admitted[0];
    }

    void leave(InetAddress address) {
        open.computeIfPresent(client(address), (client, count) -> count > 1 ? count - 1 : null);
    }

    private static ByteBuffer client(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(bytes, 0, address instanceof Inet6Address ? IPV6_PREFIX_BYTES : bytes.length);
    }
}
