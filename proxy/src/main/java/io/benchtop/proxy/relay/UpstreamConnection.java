package io.benchtop.proxy.relay;

import io.benchtop.proxy.http.BadMessageException;
import io.benchtop.proxy.http.BodyFraming;
import io.benchtop.proxy.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an upstream: idle in a pool, serving one {@link Exchange}, or one half of a {@link Tunnel}. Bytes
 * that arrive while it is idle, or after an answer's end, belong to nobody: the connection is closed.
 */
// A failed write or close reaches exceptionCaught or channelInactive, where it is dealt with.
@SuppressWarnings("FutureReturnValueIgnored")
final class UpstreamConnection extends ChannelInboundHandlerAdapter {

    private final LoopContext loop;
    private final Channel channel;
    private final UpstreamPool pool;
    private final ReadGate gate;
    private final BodyFraming body = new BodyFraming();
    private ByteBuf backlog = Unpooled.EMPTY_BUFFER;
    private @Nullable Exchange exchange;
    private @Nullable Tunnel tunnel;
    private boolean headSeen;
    private boolean anySeen;
    private boolean keepsAlive;
    private boolean reset;
    private long idleSince;

    UpstreamConnection(LoopContext loop, Channel channel, UpstreamPool pool) {
        this.loop = loop;
        this.channel = channel;
        this.pool = pool;
        this.gate = new ReadGate(channel);
    }

    Channel channel() {
        return channel;
    }

    ReadGate gate() {
        return gate;
    }

    boolean isActive() {
        return channel.isActive();
    }

    long idleSince() {
        return idleSince;
    }

    void attach(Exchange owner) {
        exchange = owner;
        headSeen = false;
        anySeen = false;
    }

    void detach() {
        exchange = null;
        idleSince = System.nanoTime();
        gate.hold(ReadGate.PEER_FULL, false);
    }

    void close() {
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (tunnel != null) {
            tunnel.fromUpstream(bytes);
            return;
        }
        if (exchange == null) {
            bytes.release();
            channel.close();
            return;
        }
        append(bytes);
        Exchange served = exchange;
        try {
            process(served);
        } catch (BadMessageException e) {
            served.malformed();
        }
    }

    /** All that was read in one go is sent on in one go. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (tunnel != null) {
            tunnel.flushClient();
        } else if (exchange != null) {
            exchange.flushClient();
        }
    }

    private void append(ByteBuf bytes) {
        anySeen = true;
        if (!backlog.isReadable()) {
            backlog.release();
            backlog = bytes;
            return;
        }
        ByteBuf own = channel.alloc().buffer(backlog.readableBytes() + bytes.readableBytes());
        own.writeBytes(backlog).writeBytes(bytes);
        backlog.release();
        bytes.release();
        backlog = own;
    }

    private void process(Exchange served) throws BadMessageException {
        while (exchange == served && !headSeen && backlog.isReadable()) {
            int length = loop.readResponse(backlog);
            if (length == -1) {
                if (backlog.readableBytes() >= LoopContext.MAX_HEAD) {
                    throw new BadMessageException("The answer's head is larger than 32 KB.");
                }
                return;
            }
            backlog.skipBytes(length);
            head(served, loop.response());
        }
        if (exchange == served && headSeen) {
            relay(served);
        }
    }

    private void head(Exchange served, ResponseHead head) throws BadMessageException {
        if (head.isInterim()) {
            served.interim(head);
        } else if (head.status() == 101) {
            served.switchProtocols(head);
        } else {
            head.frame(body, served.facts().answersHead());
            keepsAlive = head.keepsAlive() && !body.endsByClose();
            served.answer(head, body.endsByClose());
            headSeen = true;
        }
    }

    private void relay(Exchange served) throws BadMessageException {
        if (!body.isDone() && backlog.isReadable()) {
            int taken = body.take(backlog);
            served.body(taken == backlog.readableBytes() ? takeBacklog() : backlog.readRetainedSlice(taken));
        }
        if (body.isDone()) {
            boolean clean = !backlog.isReadable();
            served.finish(keepsAlive && clean);
        }
    }

    private ByteBuf takeBacklog() {
        ByteBuf all = backlog;
        backlog = Unpooled.EMPTY_BUFFER;
        return all;
    }

    void becomeTunnel(Tunnel opened) {
        exchange = null;
        tunnel = opened;
        if (backlog.isReadable()) {
            opened.fromUpstream(takeBacklog());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        boolean full = !channel.isWritable();
        if (tunnel != null) {
            tunnel.upstreamFull(full);
        } else if (exchange != null) {
            exchange.upstreamFull(full);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            if (tunnel != null) {
                tunnel.upstreamEnded();
            } else {
                ended();
                channel.close();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pool.forget(this);
        if (tunnel != null) {
            tunnel.close();
        }
        ended();
        backlog.release();
        backlog = Unpooled.EMPTY_BUFFER;
    }

    private void ended() {
        Exchange served = exchange;
        if (served == null) {
            return;
        }
        if (headSeen && body.endsByClose() && !reset) {
            served.finish(false);
        } else {
            served.cutOff(!anySeen);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        reset = true;
        channel.close();
    }
}
