package io.benchtop.proxy.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.benchtop.proxy.auth.Verdict;
import io.benchtop.proxy.http.BadMessageException;
import io.benchtop.proxy.http.BodyFraming;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection from a client, and where it stands:
 *
 * <pre>
 *   HEAD ──► DECIDING (a credential is being checked) ──► EXCHANGE ──► HEAD …   keep-alive
 *    │                                                       │
 *    │ refused                                               └──► TUNNEL        after 101: bytes only
 *    └──► LINGERING ──► closed                                                  the rest of a refused body is discarded
 * </pre>
 *
 * <p>Unused bytes wait in {@code backlog}: the rest of a head, a body while the verdict is out, the next request of a
 * pipeline, early frames of a WebSocket. One request at a time is in progress. Belongs to one event loop; its upstream
 * connections belong to the same loop, so nothing is handed between threads.
 */
// A failed write or close reaches exceptionCaught or channelInactive, where it is dealt with.
@SuppressWarnings("FutureReturnValueIgnored")
final class ClientConnection extends ChannelInboundHandlerAdapter {

    private static final long HEAD_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long IDLE_NANOS = Duration.ofSeconds(75).toNanos();
    private static final long BODY_WINDOW_NANOS = Duration.ofSeconds(60).toNanos();
    private static final int BODY_WINDOW_BYTES = 1024;
    private static final int MAX_EMPTY_LINES = 4;
    private static final long LINGER_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int MAX_BACKLOG = 64 * 1024;

    private enum State {
        HEAD,
        DECIDING,
        EXCHANGE,
        TUNNEL,
        LINGERING
    }

    private final LoopContext loop;
    private final Channel channel;
    private final Reception reception;
    private final ReadGate gate;
    private final BodyFraming body = new BodyFraming();
    private final ClientAddress peer;
    private ClientAddress from;
    private State state = State.HEAD;
    private ByteBuf backlog = Unpooled.EMPTY_BUFFER;
    private @Nullable Exchange exchange;
    private @Nullable Tunnel tunnel;
    private @Nullable Verdict verdict;
    private boolean processing;
    private boolean reading;
    private long deadline;
    private long bodyBytes;
    private int emptyLines;

    ClientConnection(LoopContext loop, Channel channel, Reception reception) {
        this.loop = loop;
        this.channel = channel;
        this.reception = reception;
        this.gate = new ReadGate(channel);
        this.peer = new ClientAddress(((InetSocketAddress) channel.remoteAddress()).getAddress());
        this.from = peer;
    }

    LoopContext loop() {
        return loop;
    }

    Channel channel() {
        return channel;
    }

    /** Who is connected. */
    InetAddress peer() {
        return peer.address();
    }

    /** Where the present request comes from: the peer, or whom a trusted peer speaks for. */
    ClientAddress from() {
        return from;
    }

    void comesFrom(InetAddress client) {
        from = client.equals(peer.address()) ? peer : new ClientAddress(client);
    }

    BodyFraming body() {
        return body;
    }

    ReadGate gate() {
        return gate;
    }

    @Nullable
    Tunnel tunnel() {
        return tunnel;
    }

    @Nullable
    Exchange exchange() {
        return exchange;
    }

    // ---- bytes in

    @Override
    public void channelActive(ChannelHandlerContext context) {
        loop.clients().add(this);
        deadline = System.nanoTime() + HEAD_NANOS;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        reading = true;
        if (tunnel != null) {
            tunnel.fromClient(bytes);
            return;
        }
        if (state == State.LINGERING) {
            bytes.release();
            return;
        }
        if (state == State.HEAD && !backlog.isReadable()) {
            deadline = System.nanoTime() + HEAD_NANOS;
        }
        append(bytes);
        process();
    }

    /** All that was read in one go is sent on in one go. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        if (tunnel != null) {
            tunnel.flushUpstream();
        } else if (exchange != null) {
            exchange.flush();
        }
    }

    private void append(ByteBuf bytes) {
        if (!backlog.isReadable()) {
            backlog.release();
            backlog = bytes;
            return;
        }
        if (backlog.refCnt() > 1 || backlog.isReadOnly() || backlog.maxWritableBytes() < bytes.readableBytes()) {
            ByteBuf own = channel.alloc().buffer(2 * (backlog.readableBytes() + bytes.readableBytes()));
            own.writeBytes(backlog);
            backlog.release();
            backlog = own;
        }
        backlog.writeBytes(bytes);
        bytes.release();
    }

    /** Uses as much of the backlog as the present state allows. Called again whenever the state has changed. */
    void process() {
        if (processing) {
            return;
        }
        processing = true;
        try {
            while (state == State.HEAD && backlog.isReadable() && channel.isWritable() && nextRequest()) {
                relayBody();
            }
            relayBody();
        } catch (BadMessageException e) {
            refuseBroken(e);
        } finally {
            processing = false;
        }
        gate.hold(ReadGate.BACKLOG, backlog.readableBytes() > MAX_BACKLOG);
        if (exchange != null && !reading) {
            exchange.flush();
        }
    }

    /** False when more bytes are needed. */
    private boolean nextRequest() throws BadMessageException {
        skipEmptyLines();
        int length = loop.readRequest(backlog);
        if (length == -1) {
            if (backlog.readableBytes() >= LoopContext.MAX_HEAD) {
                refuse(Refusal.HEAD_TOO_LARGE, false, false);
            }
            return false;
        }
        Verdict known = verdict;
        verdict = null;
        return reception.receive(this, loop.request(), length, known);
    }

    /** RFC 9112 §2.2: an empty line before a request line is tolerated. */
    private void skipEmptyLines() throws BadMessageException {
        while (backlog.readableBytes() >= 2 && backlog.getShort(backlog.readerIndex()) == 0x0d0a) {
            backlog.skipBytes(2);
            if (++emptyLines > MAX_EMPTY_LINES) {
                throw new BadMessageException("Too many empty lines stand before the request.");
            }
        }
    }

    private void relayBody() throws BadMessageException {
        while (state == State.EXCHANGE && exchange != null && !body.isDone() && backlog.isReadable()) {
            int taken = body.take(backlog);
            bodyBytes += taken;
            deadline = body.isDone() ? 0 : deadline;
            exchange.sendBody(taken == backlog.readableBytes() ? takeBacklog() : backlog.readRetainedSlice(taken));
        }
    }

    private ByteBuf takeBacklog() {
        ByteBuf all = backlog;
        backlog = Unpooled.EMPTY_BUFFER;
        return all;
    }

    // ---- what reception decides

    /** The credential is being checked elsewhere; the head stays in the backlog and is read again with the verdict. */
    void awaitVerdict() {
        state = State.DECIDING;
        deadline = 0;
    }

    void decided(Verdict outcome) {
        if (state == State.DECIDING) {
            state = State.HEAD;
            verdict = outcome;
            process();
        }
    }

    /** Consumes the head and starts an exchange. */
    void begin(Exchange started, int headLength) {
        backlog.skipBytes(headLength);
        state = State.EXCHANGE;
        exchange = started;
        emptyLines = 0;
        bodyBytes = 0;
        deadline = body.isDone() ? 0 : System.nanoTime() + BODY_WINDOW_NANOS;
        started.start();
    }

    /** Consumes the head and answers it here; the connection goes on only if no body is on its way. */
    void answer(Refusal refusal, int headLength, boolean html, boolean withoutBody, boolean keepAlive) {
        backlog.skipBytes(headLength);
        boolean close = !keepAlive || loop.isDraining();
        ByteBuf bytes = Unpooled.wrappedBuffer(refusal.bytes(html, withoutBody, close));
        reception.metrics().own(refusal.status(), refusal.code());
        if (close) {
            closeGently(channel.writeAndFlush(bytes), refusal.status() >= 400 || !body.isDone());
        } else {
            channel.writeAndFlush(bytes, channel.voidPromise());
            emptyLines = 0;
            deadline = System.nanoTime() + IDLE_NANOS;
        }
    }

    /** Answers with a remembered file; its body is gzip, which the client said it can read. */
    void answer(StaticFiles.Kept file, int headLength, boolean keepAlive) {
        backlog.skipBytes(headLength);
        boolean close = !keepAlive || loop.isDraining();
        String end = "Content-Length: " + file.gzip().length + (close ? "\r\nConnection: close\r\n\r\n" : "\r\n\r\n");
        ByteBuf bytes = Unpooled.wrappedBuffer(file.head(), end.getBytes(ISO_8859_1), file.gzip());
        if (close) {
            closeGently(channel.writeAndFlush(bytes), false);
        } else {
            channel.writeAndFlush(bytes, channel.voidPromise());
            emptyLines = 0;
            deadline = System.nanoTime() + IDLE_NANOS;
        }
    }

    private void refuse(Refusal refusal, boolean html, boolean withoutBody) {
        answer(refusal, 0, html, withoutBody, false);
    }

    private void refuseBroken(BadMessageException problem) {
        Exchange running = exchange;
        exchange = null;
        boolean answered = running != null && running.isAnswered();
        if (running != null) {
            running.abandon();
        }
        if (answered) {
            breakOff();
        } else {
            refuse(Refusal.badRequest(problem.sentence()), false, false);
        }
    }

    // ---- what the exchange tells

    /** The answer is complete. */
    void exchangeDone(boolean close) {
        exchange = null;
        if (close || loop.isDraining()) {
            closeGently(channel.writeAndFlush(Unpooled.EMPTY_BUFFER), !body.isDone());
            return;
        }
        state = State.HEAD;
        deadline = System.nanoTime() + (backlog.isReadable() ? HEAD_NANOS : IDLE_NANOS);
        channel.flush();
        process();
    }

    /** No answer will come from upstream, so this one is given. */
    void exchangeFailed(Refusal refusal, boolean html, boolean withoutBody, boolean keepAlive) {
        exchange = null;
        state = State.HEAD;
        answer(refusal, 0, html, withoutBody, keepAlive && body.isDone());
        if (state == State.HEAD) {
            process();
        }
    }

    /** The client must see that the answer is not whole: a reset, never an orderly end. */
    void breakOff() {
        exchange = null;
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    /** From now on there are only bytes; those that came early go first. */
    void becomeTunnel(Tunnel opened) {
        exchange = null;
        tunnel = opened;
        state = State.TUNNEL;
        deadline = 0;
        channel.flush();
        if (backlog.isReadable()) {
            opened.fromClient(takeBacklog());
            opened.flushUpstream();
        }
        gate.hold(ReadGate.BACKLOG, false);
    }

    // ---- the end

    /** Lets the answer arrive although the client is still sending: closing at once would reset it away. */
    private void closeGently(ChannelFuture lastWrite, boolean moreMayCome) {
        state = State.LINGERING;
        backlog.release();
        backlog = Unpooled.EMPTY_BUFFER;
        gate.hold(ReadGate.BACKLOG, false);
        gate.hold(ReadGate.PEER_FULL, false);
        deadline = System.nanoTime() + LINGER_NANOS;
        lastWrite.addListener((ChannelFutureListener) written -> {
            if (moreMayCome && written.isSuccess() && channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            } else {
                channel.close();
            }
        });
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        boolean full = !channel.isWritable();
        if (tunnel != null) {
            tunnel.clientFull(full);
        } else if (exchange != null) {
            exchange.clientFull(full);
        } else if (!full) {
            process();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            if (tunnel != null) {
                tunnel.clientEnded();
            } else {
                channel.close();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        loop.clients().remove(this);
        Exchange running = exchange;
        exchange = null;
        if (running != null) {
            running.abandon();
        }
        if (tunnel != null) {
            tunnel.close();
        }
        backlog.release();
        backlog = Unpooled.EMPTY_BUFFER;
        state = State.LINGERING;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        channel.close();
    }

    /** Called about once a second. */
    void checkDeadline(long now) {
        if (tunnel != null) {
            tunnel.check(now);
        } else if (deadline != 0 && now - deadline > 0) {
            expire(now);
        }
    }

    private void expire(long now) {
        if (state == State.HEAD && backlog.isReadable()) {
            refuse(Refusal.TIMED_OUT, false, false);
        } else if (state == State.EXCHANGE && (gate.isHeld() || bodyBytes >= BODY_WINDOW_BYTES)) {
            // The body is moving, or it is the upstream that does not take it.
            bodyBytes = 0;
            deadline = now + BODY_WINDOW_NANOS;
        } else {
            channel.close();
        }
    }

    /** Called when the process is about to end: idle clients go now, requests in progress and tunnels have their time. */
    void drain() {
        if (state == State.HEAD && !backlog.isReadable()) {
            channel.close();
        }
    }
}
