package io.benchtop.proxy.relay;

import io.benchtop.proxy.auth.Principal;
import io.benchtop.proxy.http.FrameFollower;
import io.benchtop.proxy.routing.RouteEntry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket after its 101: bytes both ways, as they come. Frames are followed, not decoded, to see what a person
 * does. Nothing limits how long it may be silent; it ends when a side ends, when its route is retired, when the
 * credential that opened it ends, or when one half has been closed for a minute.
 */
// A failed write or close reaches exceptionCaught or channelInactive, where it is dealt with.
@SuppressWarnings("FutureReturnValueIgnored")
final class Tunnel {

    private static final long HALF_OPEN_NANOS = Duration.ofSeconds(60).toNanos();

    private final ClientConnection client;
    private final UpstreamConnection upstream;
    private final @Nullable Principal principal;
    private final @Nullable RouteEntry entry;
    private final Upstreams upstreams;
    private final Activity.@Nullable OfRoute activity;
    private final FrameFollower frames = new FrameFollower();
    private boolean clientEnded;
    private boolean upstreamEnded;
    private long halfOpenUntil;
    private boolean closed;

    Tunnel(
            ClientConnection client,
            UpstreamConnection upstream,
            @Nullable Principal principal,
            @Nullable RouteEntry entry,
            Upstreams upstreams) {
        this.client = client;
        this.upstream = upstream;
        this.principal = principal;
        this.entry = entry;
        this.upstreams = upstreams;
        this.activity = entry == null ? null : upstreams.activity().of(entry);
        upstreams.metrics().tunnels.inc();
        if (activity != null) {
            activity.opened();
        }
    }

    boolean leadsTo(RouteEntry retired) {
        return entry == retired;
    }

    boolean isBy(String credential) {
        return principal != null && principal.credential().equals(credential);
    }

    void fromClient(ByteBuf bytes) {
        if (activity != null && frames.sawData(bytes)) {
            activity.touch(upstreams.activity().now());
        }
        upstreams.metrics().bytesToUpstreams.inc(bytes.readableBytes());
        send(bytes, upstream.channel(), client.gate());
    }

    void fromUpstream(ByteBuf bytes) {
        upstreams.metrics().bytesToClients.inc(bytes.readableBytes());
        send(bytes, client.channel(), upstream.gate());
    }

    private static void send(ByteBuf bytes, Channel to, ReadGate source) {
        Outflow.write(to, bytes);
        source.hold(ReadGate.PEER_FULL, !to.isWritable());
    }

    void flushClient() {
        client.channel().flush();
    }

    void flushUpstream() {
        upstream.channel().flush();
    }

    void clientFull(boolean full) {
        upstream.gate().hold(ReadGate.PEER_FULL, full);
    }

    void upstreamFull(boolean full) {
        client.gate().hold(ReadGate.PEER_FULL, full);
    }

    void clientEnded() {
        clientEnded = true;
        endHalf(upstream.channel());
    }

    void upstreamEnded() {
        upstreamEnded = true;
        endHalf(client.channel());
    }

    /** Passes the end on behind what is still to be written. */
    private void endHalf(Channel to) {
        halfOpenUntil = System.nanoTime() + HALF_OPEN_NANOS;
        boolean both = clientEnded && upstreamEnded;
        to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) written -> {
            if (both || !(to instanceof DuplexChannel duplex)) {
                close();
            } else {
                duplex.shutdownOutput();
            }
        });
    }

    /** Called about once a second. */
    void check(long now) {
        boolean halfOpenTooLong = halfOpenUntil != 0 && now - halfOpenUntil > 0;
        boolean retired = entry != null && entry.isRetired();
        if (halfOpenTooLong || retired || (principal != null && !upstreams.isInForce(principal))) {
            close();
        }
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        upstreams.metrics().tunnels.dec();
        if (activity != null) {
            activity.closed();
        }
        client.channel().close();
        upstream.channel().close();
    }
}
