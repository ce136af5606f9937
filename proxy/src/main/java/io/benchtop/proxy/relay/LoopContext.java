package io.benchtop.proxy.relay;

import io.benchtop.proxy.auth.ByteKey;
import io.benchtop.proxy.http.BadMessageException;
import io.benchtop.proxy.http.HeadEnd;
import io.benchtop.proxy.http.RequestHead;
import io.benchtop.proxy.http.ResponseHead;
import io.benchtop.proxy.routing.RouteEntry;
import io.benchtop.proxy.serving.ModelTarget;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What one event loop owns: its clients, its upstream connections and the buffers that heads are parsed in. Used by
 * that loop's thread only, so nothing here is locked. A parsed head is valid until the same loop parses the next.
 */
final class LoopContext {

    static final int MAX_HEAD = 32 * 1024;
    private static final int SLACK = 64;

    private final EventLoop eventLoop;
    private final RequestHead request = new RequestHead();
    private final ResponseHead response = new ResponseHead();
    private final byte[] requestBytes = new byte[MAX_HEAD + SLACK];
    private final byte[] responseBytes = new byte[MAX_HEAD + SLACK];
    private final ByteKey key = new ByteKey();
    private final Set<ClientConnection> clients = Collections.newSetFromMap(new IdentityHashMap<>());
    private final IdentityHashMap<RouteEntry, UpstreamPool> servers = new IdentityHashMap<>();
    private final IdentityHashMap<ModelTarget, UpstreamPool> models = new IdentityHashMap<>();
    private final UpstreamPool service;
    private final String requestIdPrefix;
    private long requests;
    private byte[] knownHost = new byte[0];
    private boolean draining;

    LoopContext(EventLoop eventLoop, InetSocketAddress serviceAddress, String requestIdPrefix) {
        this.eventLoop = eventLoop;
        this.service = UpstreamPool.service(serviceAddress);
        this.requestIdPrefix = requestIdPrefix;
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    RequestHead request() {
        return request;
    }

    ResponseHead response() {
        return response;
    }

    ByteKey key() {
        return key;
    }

    Set<ClientConnection> clients() {
        return clients;
    }

    /** Walks over a copy, because what is done to a client may remove it. */
    void forEachClient(Consumer<ClientConnection> action) {
        List.copyOf(clients).forEach(action);
    }

    UpstreamPool service() {
        return service;
    }

    UpstreamPool server(RouteEntry entry, InetSocketAddress address) {
        UpstreamPool pool = servers.get(entry);
        if (pool == null) {
            pool = UpstreamPool.server(address, entry);
            servers.put(entry, pool);
        }
        return pool;
    }

    UpstreamPool model(ModelTarget target) {
        UpstreamPool pool = models.get(target);
        if (pool == null) {
            pool = UpstreamPool.model(target);
            models.put(target, pool);
        }
        return pool;
    }

    void retire(ModelTarget target) {
        UpstreamPool pool = models.remove(target);
        if (pool != null) {
            pool.close();
        }
    }

    void retire(RouteEntry entry) {
        UpstreamPool pool = servers.remove(entry);
        if (pool != null) {
            pool.close();
        }
    }

    void closeIdleSince(long nanos) {
        service.closeIdleSince(nanos);
        servers.values().forEach(pool -> pool.closeIdleSince(nanos));
        models.values().forEach(pool -> pool.closeIdleSince(nanos));
        // An entry can be retired between its look-up and its first connection; such a pool is dropped here.
        servers.entrySet().removeIf(server -> {
            if (server.getKey().isRetired()) {
                server.getValue().close();
            }
            return server.getKey().isRetired();
        });
        models.entrySet().removeIf(model -> {
            if (model.getKey().isRetired()) {
                model.getValue().close();
            }
            return model.getKey().isRetired();
        });
    }

    void closePools() {
        service.close();
        servers.values().forEach(UpstreamPool::close);
        models.values().forEach(UpstreamPool::close);
    }

    /** Reads a request head without consuming it: its length, or -1 when it is not complete. */
    int readRequest(ByteBuf bytes) throws BadMessageException {
        int length = copy(bytes, requestBytes);
        if (length > 0) {
            request.parse(requestBytes, length);
        }
        return length;
    }

    /** Reads a response head without consuming it: its length, or -1 when it is not complete. */
    int readResponse(ByteBuf bytes) throws BadMessageException {
        int length = copy(bytes, responseBytes);
        if (length > 0) {
            response.parse(responseBytes, length);
        }
        return length;
    }

    private static int copy(ByteBuf bytes, byte[] target) throws BadMessageException {
        int available = Math.min(bytes.readableBytes(), MAX_HEAD);
        bytes.getBytes(bytes.readerIndex(), target, 0, available);
        return HeadEnd.find(target, 0, available);
    }

    String nextRequestId() {
        return requestIdPrefix + Long.toHexString(requests++);
    }

    /** Whether this very Host value was found allowed before; spares the hot path the pattern. */
    boolean isKnownHost(byte[] bytes, int start, int end) {
        return Arrays.equals(knownHost, 0, knownHost.length, bytes, start, end);
    }

    void rememberHost(byte[] bytes, int start, int end) {
        knownHost = Arrays.copyOfRange(bytes, start, end);
    }

    boolean isDraining() {
        return draining;
    }

    void drain() {
        draining = true;
    }
}
