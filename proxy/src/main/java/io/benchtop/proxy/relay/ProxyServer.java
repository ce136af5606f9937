package io.benchtop.proxy.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.benchtop.api.routing.RevokedSession;
import io.benchtop.proxy.admin.ProxyMetrics;
import io.benchtop.proxy.auth.IdentityMint;
import io.benchtop.proxy.auth.SessionCookie;
import io.benchtop.proxy.auth.SessionRenewal;
import io.benchtop.proxy.auth.SessionVerifier;
import io.benchtop.proxy.auth.SiteRules;
import io.benchtop.proxy.auth.TokenIntrospection;
import io.benchtop.proxy.auth.TrustedPeers;
import io.benchtop.proxy.routing.FeedListener;
import io.benchtop.proxy.routing.LiveRoutes;
import io.benchtop.proxy.routing.RouteEntry;
import io.benchtop.proxy.serving.Endpoints;
import io.benchtop.proxy.serving.ModelTarget;
import io.benchtop.proxy.serving.Shadows;
import io.benchtop.proxy.serving.TargetListener;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening socket and its event loops. What the feed reports is carried into every loop, so that each closes what
 * it owns: connections and tunnels of a retired route, streams and tunnels of a session or token that ended.
 */
// A failed write or close reaches exceptionCaught or channelInactive, where it is dealt with.
@SuppressWarnings("FutureReturnValueIgnored")
public final class ProxyServer implements FeedListener, TargetListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProxyServer.class);
    private static final long UPSTREAM_IDLE_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int BACKLOG = 1024;

    private final Transport transport = Transport.best();
    private final MultiThreadIoEventLoopGroup group;
    private final IdentityHashMap<EventLoop, LoopContext> loops = new IdentityHashMap<>();
    private final Entrance entrance;
    private final StaticFiles files;
    private @Nullable Channel listener;

    /** Everything the data plane works with. */
    public record Parts(
            LiveRoutes routes,
            SiteRules site,
            TrustedPeers trustedPeers,
            SessionCookie cookie,
            SessionVerifier sessions,
            SessionRenewal renewal,
            TokenIntrospection tokens,
            Activity activity,
            Endpoints endpoints,
            Shadows shadows,
            ProxyMetrics metrics,
            InstantSource clock,
            @Nullable AccessLog accessLog) {}

    public ProxyServer(Parts parts, ServiceTarget service, int threads, int connectionsPerAddress) {
        this.group = transport.group(threads);
        var upstreams = new Upstreams(
                transport,
                new ResponseRewriter(parts.cookie()),
                parts.metrics(),
                parts.activity(),
                parts.sessions(),
                parts.renewal(),
                parts.tokens(),
                parts.accessLog());
        this.files = upstreams.files();
        var reception = new Reception(
                parts.site(),
                parts.trustedPeers(),
                parts.cookie(),
                parts.sessions(),
                parts.tokens(),
                new IdentityMint(),
                parts.routes(),
                upstreams,
                new Inference(
                        parts.endpoints(),
                        parts.shadows(),
                        upstreams,
                        parts.site().scheme().equals("https")),
                service.proof().getBytes(ISO_8859_1),
                parts.clock());
        this.entrance = new Entrance(
                loops, transport, reception, parts.trustedPeers(), new ConnectionLimit(connectionsPerAddress));
        SecureRandom random = new SecureRandom();
        for (EventExecutor executor : group) {
            byte[] prefix = new byte[5];
            random.nextBytes(prefix);
            String requestIds = HexFormat.of().formatHex(prefix) + "-";
            loops.put((EventLoop) executor, new LoopContext((EventLoop) executor, service.address(), requestIds));
        }
    }

    /** Listens; returns when connections are accepted. */
    public InetSocketAddress listen(InetSocketAddress address) throws IOException, InterruptedException {
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, Upstreams.WATER_MARK)
                .childHandler(entrance)
                .bind(address)
                .await();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + address
                            + "; another program may have the port: end it or set BENCHTOP_PROXY_LISTEN",
                    bound.cause());
        }
        Channel channel = bound.channel();
        listener = channel;
        loops.values().forEach(loop -> loop.eventLoop().scheduleAtFixedRate(() -> sweep(loop), 1, 1, TimeUnit.SECONDS));
        LOG.info("listening transport={} loops={} address={}", transport.name(), loops.size(), channel.localAddress());
        return (InetSocketAddress) channel.localAddress();
    }

    private static void sweep(LoopContext loop) {
        long now = System.nanoTime();
        loop.forEachClient(client -> client.checkDeadline(now));
        loop.closeIdleSince(now - UPSTREAM_IDLE_NANOS);
    }

    private void inEveryLoop(Consumer<LoopContext> action) {
        loops.values().forEach(loop -> {
            if (!loop.eventLoop().isShuttingDown()) {
                loop.eventLoop().execute(() -> action.accept(loop));
            }
        });
    }

    @Override
    public void routeRetired(RouteEntry entry) {
        files.forget(entry);
        inEveryLoop(loop -> {
            loop.retire(entry);
            loop.forEachClient(client -> {
                Tunnel tunnel = client.tunnel();
                if (tunnel != null && tunnel.leadsTo(entry)) {
                    tunnel.close();
                }
            });
        });
    }

    @Override
    public void targetRetired(ModelTarget target) {
        inEveryLoop(loop -> loop.retire(target));
    }

    @Override
    public void sessionRevoked(RevokedSession session) {
        credentialEnded(session.sid());
    }

    @Override
    public void tokenRevoked(String tokenId) {
        credentialEnded(tokenId);
    }

    private void credentialEnded(String credential) {
        inEveryLoop(loop -> loop.forEachClient(client -> {
            Tunnel tunnel = client.tunnel();
            Exchange exchange = client.exchange();
            boolean concerned =
                    (tunnel != null && tunnel.isBy(credential)) || (exchange != null && exchange.isBy(credential));
            if (concerned) {
                client.channel().close();
            }
        }));
    }

    /** Stops accepting, lets requests and tunnels go on, and returns when all have ended or the time is up. */
    public void drain(Duration limit) throws InterruptedException {
        if (listener != null) {
            listener.close().sync();
        }
        inEveryLoop(loop -> {
            loop.drain();
            loop.forEachClient(ClientConnection::drain);
        });
        long until = System.nanoTime() + limit.toNanos();
        while (openClients() > 0 && System.nanoTime() - until < 0) {
            Thread.sleep(20);
        }
    }

    private int openClients() throws InterruptedException {
        CountDownLatch counted = new CountDownLatch(loops.size());
        var sum = new AtomicInteger();
        inEveryLoop(loop -> {
            sum.addAndGet(loop.clients().size());
            counted.countDown();
        });
        counted.await(1, TimeUnit.SECONDS);
        return sum.get();
    }

    @Override
    public void close() {
        if (listener != null) {
            listener.close();
        }
        inEveryLoop(loop -> {
            loop.forEachClient(client -> client.channel().close());
            loop.closePools();
        });
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
