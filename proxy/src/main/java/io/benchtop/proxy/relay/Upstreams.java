package io.benchtop.proxy.relay;

import static io.benchtop.proxy.http.FieldName.CACHE_CONTROL;

import io.benchtop.proxy.admin.ProxyMetrics;
import io.benchtop.proxy.auth.Principal;
import io.benchtop.proxy.auth.SessionRenewal;
import io.benchtop.proxy.auth.SessionVerifier;
import io.benchtop.proxy.auth.TokenIntrospection;
import io.benchtop.proxy.http.ResponseHead;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What every exchange needs around it: how to connect, how to write an answer's head, where to count. Thread-safe. */
// A failed write or close reaches exceptionCaught or channelInactive, where it is dealt with.
@SuppressWarnings("FutureReturnValueIgnored")
final class Upstreams {

    static final int CONNECT_MILLIS = (int) Duration.ofSeconds(2).toMillis();
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private final Transport transport;
    private final ResponseRewriter responses;
    private final ProxyMetrics metrics;
    private final Activity activity;
    private final SessionVerifier sessions;
    private final SessionRenewal renewal;
    private final TokenIntrospection tokens;
    private final @Nullable AccessLog accessLog;
    private final StaticFiles files = new StaticFiles();

    Upstreams(
            Transport transport,
            ResponseRewriter responses,
            ProxyMetrics metrics,
            Activity activity,
            SessionVerifier sessions,
            SessionRenewal renewal,
            TokenIntrospection tokens,
            @Nullable AccessLog accessLog) {
        this.transport = transport;
        this.responses = responses;
        this.metrics = metrics;
        this.activity = activity;
        this.sessions = sessions;
        this.renewal = renewal;
        this.tokens = tokens;
        this.accessLog = accessLog;
    }

    ResponseRewriter responses() {
        return responses;
    }

    ProxyMetrics metrics() {
        return metrics;
    }

    StaticFiles files() {
        return files;
    }

    Activity activity() {
        return activity;
    }

    /** Connects on the client's own event loop and tells the exchange how it went. */
    void connect(LoopContext loop, UpstreamPool pool, Exchange exchange) {
        metrics.upstreamConnects.inc();
        Bootstrap bootstrap = new Bootstrap()
                .group(loop.eventLoop())
                .channel(transport.channel())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        transport.configureUpstream(channel);
                        channel.pipeline().addLast(new UpstreamConnection(loop, channel, pool));
                    }
                });
        ChannelFuture connecting = bootstrap.connect(pool.address());
        connecting.addListener((ChannelFutureListener) done -> {
            // Without a free file descriptor there is no channel, and Netty tells so on a thread of its own.
            if (loop.eventLoop().inEventLoop()) {
                connected(done, exchange);
            } else {
                loop.eventLoop().execute(() -> connected(done, exchange));
            }
        });
    }

    private static void connected(ChannelFuture done, Exchange exchange) {
        UpstreamConnection connection =
                done.isSuccess() ? done.channel().pipeline().get(UpstreamConnection.class) : null;
        if (connection != null) {
            exchange.connected(connection);
        } else {
            exchange.connectFailed();
        }
    }

    /** A renewed session cookie to go with this answer, unless a cache might keep and share it. */
    @Nullable
    String renewedCookie(RequestFacts facts, ResponseHead answer) {
        Principal who = facts.principal();
        if (who == null || answer.status() < 200 || answer.status() == 304) {
            return null;
        }
        String cookie = renewal.cookieFor(who);
        if (cookie == null) {
            return null;
        }
        String caching = answer.fields().value(CACHE_CONTROL).toLowerCase(Locale.ROOT);
        boolean shareable = caching.contains("public") || caching.contains("immutable") || caching.contains("max-age");
        return shareable ? null : cookie;
    }

    boolean isInForce(Principal who) {
        return who.kind() == Principal.Kind.SESSION ? sessions.isAlive(who.credential()) : tokens.isInForce(who);
    }

    void record(Exchange exchange, Course.Outcome outcome) {
        int status = outcome.status();
        double seconds = outcome.nanos() / 1e9;
        switch (exchange.kind()) {
            case SERVER -> {
                metrics.server(status);
                metrics.serverSeconds.observe(seconds);
            }
            case SERVICE -> {
                metrics.service(status);
                metrics.serviceSeconds.observe(seconds);
            }
            case MODEL -> {
                metrics.model(status);
                metrics.modelSeconds.observe(seconds);
            }
        }
        metrics.bytesToClients.inc((double) outcome.bytesToClient());
        metrics.bytesToUpstreams.inc((double) outcome.bytesToUpstream());
        log(exchange.facts(), status, outcome.nanos(), outcome.bytesToClient());
    }

    /** Notes an answer in the access log, if there is one. */
    void log(RequestFacts facts, int status, long nanos, long bytes) {
        if (accessLog != null) {
            Principal who = facts.principal();
            String user = who == null ? "" : who.user();
            accessLog.log(facts.method(), facts.path(), status, nanos / 1_000_000, bytes, user, facts.requestId());
        }
    }

    boolean logsAccess() {
        return accessLog != null;
    }
}
