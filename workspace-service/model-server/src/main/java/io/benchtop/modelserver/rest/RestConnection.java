package io.benchtop.modelserver.rest;

import io.benchtop.modelserver.codec.Memory;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.InferenceException.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: one request at a time, read only when the one before it was answered. A body is gathered in
 * one buffer up to the limit, which counts what it is after decompression. Whoever takes too long to send a request, or
 * to read an answer, is cut off; a run takes as long as it takes.
 *
 * <p>A request that is refused half read ends the connection, but what the client still sends is thrown away for as long
 * as it may take to send a request: closing at once would reset the connection, and with that the client could lose the
 * answer that tells why (RFC 9112, 9.6).
 */
final class RestConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(RestConnection.class);
    private static final int FIRST_BYTES = 1 << 20;

    private enum Phase {
        RECEIVING,
        RUNNING,
        ANSWERING
    }

    private final Reception reception;
    private final RestLimits limits;
    private final Drain drain;
    private Phase phase = Phase.RECEIVING;
    private long phaseSince = System.nanoTime();
    private final ArrayDeque<Object> early = new ArrayDeque<>();
    private @Nullable HttpRequest head;
    private @Nullable ByteBuf body;
    private boolean closed;

    RestConnection(Reception reception, RestLimits limits, Drain drain) {
        this.reception = reception;
        this.limits = limits;
        this.drain = drain;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        watch(context);
    }

    private void watch(ChannelHandlerContext context) {
        long limit = limits.patience().toMillis();
        var _ = context.executor().schedule(() -> check(context), Math.max(1, limit / 4), TimeUnit.MILLISECONDS);
    }

    private void check(ChannelHandlerContext context) {
        boolean late = phase != Phase.RUNNING
                && System.nanoTime() - phaseSince > limits.patience().toNanos();
        if (late) {
            close(context);
        } else if (context.channel().isActive()) {
            watch(context);
        }
    }

    private void enter(Phase next) {
        phase = next;
        phaseSince = System.nanoTime();
    }

    /** What a client sends before it has its answer waits, and more of it is not read. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closed) {
            ReferenceCountUtil.release(message);
        } else if (phase == Phase.RECEIVING && early.isEmpty()) {
            take(context, message);
        } else {
            early.addLast(message);
            context.channel().config().setAutoRead(false);
        }
    }

    private void receive(ChannelHandlerContext context) {
        enter(Phase.RECEIVING);
        while (phase == Phase.RECEIVING && !early.isEmpty()) {
            take(context, early.removeFirst());
        }
        if (early.isEmpty()) {
            context.channel().config().setAutoRead(true);
        }
    }

    private void take(ChannelHandlerContext context, Object message) {
        if (!closed && message instanceof HttpRequest request) {
            begin(context, request);
        }
        if (message instanceof HttpContent content) {
            try {
                add(context, content);
            } finally {
                content.release();
            }
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            refuse(context, InferenceException.invalid("this is no HTTP request, or its head is too long"));
            return;
        }
        head = request;
        if (HttpUtil.getContentLength(request, 0L) > limits.maxBody()) {
            refuse(context, tooLarge());
        } else if (HttpUtil.is100ContinueExpected(request)) {
            var _ = context.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    private InferenceException tooLarge() {
        return new InferenceException(
                Reason.TOO_LARGE, "the body may have at most " + limits.maxBody() + " bytes, also after decompression");
    }

    private void add(ChannelHandlerContext context, HttpContent content) {
        HttpRequest request = head;
        if (request == null || closed) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            refuse(context, InferenceException.invalid("the body is not well formed"));
            return;
        }
        ByteBuf bytes = content.content();
        int known = body == null ? 0 : body.readableBytes();
        if (bytes.readableBytes() > limits.maxBody() - known) {
            refuse(context, tooLarge());
            return;
        }
        try {
            gather(context, request, bytes);
        } catch (OutOfMemoryError e) {
            refuse(context, Memory.exhausted(e));
            return;
        }
        if (content instanceof LastHttpContent) {
            run(context, request);
        }
    }

    /** A body that came whole is taken as it is. */
    private void gather(ChannelHandlerContext context, HttpRequest request, ByteBuf bytes) {
        if (!bytes.isReadable()) {
            return;
        }
        if (body == null) {
            long length = HttpUtil.getContentLength(request, -1L);
            if (bytes.readableBytes() == length && bytes.hasMemoryAddress()) {
                body = bytes.retain();
                return;
            }
            long first = Math.clamp(length, bytes.readableBytes(), Math.max(FIRST_BYTES, bytes.readableBytes()));
            body = context.alloc().directBuffer((int) first);
        }
        body.writeBytes(bytes);
    }

    private void run(ChannelHandlerContext context, HttpRequest request) {
        ByteBuf whole = body == null ? Unpooled.EMPTY_BUFFER : body;
        body = null;
        enter(Phase.RUNNING);
        drain.began();
        try {
            reception.answer(request, whole, context.executor(), reply -> onLoop(context, () -> send(context, reply)));
        } catch (RuntimeException e) {
            LOG.error("a request failed", e);
            send(context, Reply.error(InferenceException.failed("this could not be done: " + e)));
        } catch (OutOfMemoryError e) {
            send(context, Reply.error(Memory.exhausted(e)));
        } finally {
            whole.release();
        }
    }

    private static void onLoop(ChannelHandlerContext context, Runnable task) {
        if (context.executor().inEventLoop()) {
            task.run();
        } else {
            context.executor().execute(task);
        }
    }

    private void send(ChannelHandlerContext context, Reply reply) {
        drain.ended();
        HttpRequest request = head;
        boolean keep = request != null && HttpUtil.isKeepAlive(request) && !drain.isEnding();
        write(context, reply, keep, keep ? this::receive : RestConnection::close);
    }

    private void refuse(ChannelHandlerContext context, InferenceException why) {
        // What follows on the connection is not to be understood, so it ends.
        closed = true;
        forget();
        context.pipeline().addFirst(new Discard());
        context.channel().config().setAutoRead(true);
        write(context, Reply.error(why), false, RestConnection::endSending);
    }

    private static void endSending(ChannelHandlerContext context) {
        if (context.channel() instanceof DuplexChannel duplex) {
            var _ = duplex.shutdownOutput();
        } else {
            close(context);
        }
    }

    private static void close(ChannelHandlerContext context) {
        var _ = context.close();
    }

    private void write(
            ChannelHandlerContext context, Reply reply, boolean keep, Consumer<ChannelHandlerContext> afterwards) {
        if (!context.channel().isActive()) {
            reply.body().release();
            return;
        }
        enter(Phase.ANSWERING);
        head = null;
        var _ = context.writeAndFlush(response(reply, keep)).addListener(done -> {
            if (done.isSuccess()) {
                afterwards.accept(context);
            } else {
                close(context);
            }
        });
    }

    /** Stands before the decoder, so that what is not wanted is not decompressed either. */
    private static final class Discard extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }
    }

    private static FullHttpResponse response(Reply reply, boolean keep) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), reply.body());
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_LENGTH, reply.body().readableBytes());
        if (reply.jsonLength() >= 0) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_OCTET_STREAM);
            headers.set("Inference-Header-Content-Length", reply.jsonLength());
        } else {
            headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
        }
        if (reply.modelVersion() != null) {
            headers.set("X-Model-Version", reply.modelVersion());
        }
        if (reply.isTryAgain()) {
            headers.set(HttpHeaderNames.RETRY_AFTER, "1");
        }
        headers.set(HttpHeaderNames.CONNECTION, keep ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
        return response;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed = true;
        forget();
    }

    private void forget() {
        if (body != null) {
            body.release();
            body = null;
        }
        early.forEach(ReferenceCountUtil::release);
        early.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (hasCause(cause, DecompressionException.class) && phase == Phase.RECEIVING && !closed) {
            refuse(context, InferenceException.invalid("the body is not compressed as Content-Encoding says"));
            return;
        }
        if (!closed && !(cause instanceof IOException)) {
            LOG.warn("a connection failed", cause);
        }
        close(context);
    }

    private static boolean hasCause(@Nullable Throwable cause, Class<?> type) {
        for (Throwable next = cause; next != null; next = next.getCause()) {
            if (type.isInstance(next)) {
                return true;
            }
        }
        return false;
    }
}
