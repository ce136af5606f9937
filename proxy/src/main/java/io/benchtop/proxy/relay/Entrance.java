package io.benchtop.proxy.relay;

import io.benchtop.proxy.admin.ProxyMetrics;
import io.benchtop.proxy.auth.TrustedPeers;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * What happens to a client that connects: it is counted, turned away when its address has too many connections, and else
 * belongs to the event loop that accepted it. A trusted peer brings many clients and is not limited. Thread-safe.
 */
// A failed write or close reaches exceptionCaught or channelInactive, where it is dealt with.
@SuppressWarnings("FutureReturnValueIgnored")
final class Entrance extends ChannelInitializer<Channel> {

    private final Map<EventLoop, LoopContext> loops;
    private final Transport transport;
    private final Reception reception;
    private final TrustedPeers trustedPeers;
    private final ConnectionLimit limit;
    private final ProxyMetrics metrics;

    Entrance(
            Map<EventLoop, LoopContext> loops,
            Transport transport,
            Reception reception,
            TrustedPeers trustedPeers,
            ConnectionLimit limit) {
        this.loops = loops;
        this.transport = transport;
        this.reception = reception;
        this.trustedPeers = trustedPeers;
        this.limit = limit;
        this.metrics = reception.metrics();
    }

    @Override
    protected void initChannel(Channel client) {
        LoopContext loop = loops.get(client.eventLoop());
        if (loop == null || !(client.remoteAddress() instanceof InetSocketAddress peer)) {
            client.close();
        } else if (admits(client, peer.getAddress())) {
            transport.configure(client);
            metrics.clientConnections.inc();
            client.closeFuture().addListener(closed -> metrics.clientConnections.dec());
            client.pipeline().addLast(new ClientConnection(loop, client, reception));
        } else {
            turnAway(client);
        }
    }

    private boolean admits(Channel client, InetAddress peer) {
        if (trustedPeers.trusts(peer)) {
            return true;
        }
        boolean admitted = limit.enter(peer);
        if (admitted) {
            client.closeFuture().addListener(closed -> limit.leave(peer));
        }
        return admitted;
    }

    /** Says why as far as the socket takes it at once: nothing is kept for somebody who has too much already. */
    private void turnAway(Channel client) {
        Refusal refusal = Refusal.TOO_MANY_CONNECTIONS;
        metrics.own(refusal.status(), refusal.code());
        client.writeAndFlush(Unpooled.wrappedBuffer(refusal.bytes(false, false, true)))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
