package io.benchtop.modelserver.rest;

import io.benchtop.modelserver.engine.Serving;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The HTTP port of the Open Inference Protocol. Event loops read and write; runs happen elsewhere. */
public final class RestServer implements AutoCloseable {

    private static final int LONGEST_LINE = 8192;
    private static final int LONGEST_HEAD = 32_768;
    private static final int LEAST_COMPRESSED = 1024;

    private final EventLoopGroup loops;
    private final Class<? extends ServerChannel> channelType;
    private final RestLimits limits;
    private final Drain drain;
    private final Reception reception;
    private final ExecutorService control = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("repository").factory());
    private final AtomicInteger connections = new AtomicInteger();
    private @Nullable Channel listening;

    public RestServer(Serving serving, RestLimits limits, int threads) {
        boolean epoll = Epoll.isAvailable();
        this.loops = new MultiThreadIoEventLoopGroup(
                threads, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        this.channelType = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        this.limits = limits;
        this.drain = new Drain(serving.state());
        this.reception = new Reception(serving, control);
    }

    /** Starts to listen; returns where. */
    public InetSocketAddress listen(InetSocketAddress address) throws IOException, InterruptedException {
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(channelType)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                })
                .bind(address)
                .await();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + address + ": " + bound.cause().getMessage(), bound.cause());
        }
        listening = bound.channel();
        return (InetSocketAddress) listening.localAddress();
    }

    private void accept(Channel channel) {
        if (connections.incrementAndGet() > limits.connections()) {
            connections.decrementAndGet();
            var _ = channel.close();
            return;
        }
        var _ = channel.closeFuture().addListener(done -> connections.decrementAndGet());
        channel.pipeline()
                .addLast(new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(LONGEST_LINE)
                        .setMaxHeaderSize(LONGEST_HEAD)))
                .addLast(new HttpContentDecompressor(0))
                .addLast(new HttpContentCompressor(
                        LEAST_COMPRESSED, StandardCompressionOptions.gzip(), StandardCompressionOptions.deflate()))
                .addLast(new RestConnection(reception, limits, drain));
    }

    /** Listens no longer and waits until what is in progress is answered, up to the limit. */
    public void drain(Duration limit) throws InterruptedException {
        if (listening != null) {
            listening.close().await();
        }
        drain.await(limit);
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
        control.shutdownNow();
    }
}
