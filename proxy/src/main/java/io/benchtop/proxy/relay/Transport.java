package io.benchtop.proxy.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;

/** Which way of talking to the kernel is used: epoll where its native part loads, NIO elsewhere. */
record Transport(
        String name,
        IoHandlerFactory ioHandler,
        Class<? extends ServerChannel> serverChannel,
        Class<? extends Channel> channel,
        Map<ChannelOption<Integer>, Integer> keepAlive,
        Map<ChannelOption<Integer>, Integer> unacknowledged) {

    private static final int IDLE_SECONDS = 60;
    private static final int INTERVAL_SECONDS = 15;
    private static final int PROBES = 4;
    /** A server whose machine is gone answers nothing at all; a busy one has this long to take what was sent. */
    private static final int UNACKNOWLEDGED_MILLIS = 60_000;

    static Transport best() {
        return Epoll.isAvailable() ? epoll() : nio();
    }

    private static Transport epoll() {
        return new Transport(
                "epoll",
                EpollIoHandler.newFactory(),
                EpollServerSocketChannel.class,
                EpollSocketChannel.class,
                Map.of(
                        EpollChannelOption.TCP_KEEPIDLE, IDLE_SECONDS,
                        EpollChannelOption.TCP_KEEPINTVL, INTERVAL_SECONDS,
                        EpollChannelOption.TCP_KEEPCNT, PROBES),
                Map.of(EpollChannelOption.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MILLIS));
    }

    static Transport nio() {
        return new Transport(
                "nio",
                NioIoHandler.newFactory(),
                NioServerSocketChannel.class,
                NioSocketChannel.class,
                Map.of(
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), IDLE_SECONDS,
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), INTERVAL_SECONDS,
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), PROBES),
                Map.of());
    }

    MultiThreadIoEventLoopGroup group(int threads) {
        return new MultiThreadIoEventLoopGroup(threads, ioHandler);
    }

    /** Sets what every TCP connection here needs: no delay, half-closing told, dead peers noticed. */
    void configure(Channel connection) {
        connection.config().setOption(ChannelOption.TCP_NODELAY, true);
        connection.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        connection.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        keepAlive.forEach(connection.config()::setOption);
    }

    /** And that bytes which nobody acknowledges end the connection within a minute, not after the kernel's quarter hour. */
    void configureUpstream(Channel connection) {
        configure(connection);
        unacknowledged.forEach(connection.config()::setOption);
    }
}
