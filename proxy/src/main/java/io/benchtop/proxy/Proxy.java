package io.benchtop.proxy;

import io.benchtop.proxy.admin.AdminPort;
import io.benchtop.proxy.admin.ProxyMetrics;
import io.benchtop.proxy.auth.SessionCookie;
import io.benchtop.proxy.auth.SessionRenewal;
import io.benchtop.proxy.auth.SessionVerifier;
import io.benchtop.proxy.auth.SiteRules;
import io.benchtop.proxy.auth.TokenIntrospection;
import io.benchtop.proxy.control.ControlPlane;
import io.benchtop.proxy.grpc.GrpcServer;
import io.benchtop.proxy.relay.AccessLog;
import io.benchtop.proxy.relay.Activity;
import io.benchtop.proxy.relay.ProxyServer;
import io.benchtop.proxy.relay.ServiceTarget;
import io.benchtop.proxy.routing.LiveRoutes;
import io.benchtop.proxy.routing.RouteFeed;
import io.benchtop.proxy.serving.Endpoints;
import io.benchtop.proxy.serving.ObservedGenerations;
import io.benchtop.proxy.serving.ServingMetrics;
import io.benchtop.proxy.serving.Shadows;
import io.benchtop.proxy.serving.UsageReports;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wired process: everything that is made once, and the order in which it starts and ends. */
final class Proxy implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Proxy.class);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
    private static final int REPORT_SECONDS = 30;
    private static final int CALLS = 4;
    private static final int WAITING_CALLS = 256;

    private final ProxyConfig config;
    private final LiveRoutes routes = new LiveRoutes();
    private final ProxyMetrics metrics = new ProxyMetrics();
    private final Activity activity;
    private final ControlPlane control;
    private final RouteFeed feed;
    private final SessionVerifier sessions;
    private final Shadows shadows = new Shadows();
    private final UsageReports usage;
    private final ObservedGenerations observed;
    private final ProxyServer server;
    private final @Nullable GrpcServer grpc;
    private final @Nullable AccessLog accessLog;
    private final ThreadPoolExecutor calls = new ThreadPoolExecutor(
            CALLS,
            CALLS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_CALLS),
            Thread.ofPlatform().daemon().name("control-call-", 0).factory());
    private final ScheduledExecutorService reporter = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("activity-report").factory());
    private @Nullable AdminPort admin;
    private @Nullable InetSocketAddress grpcAddress;
    private volatile boolean draining;

    Proxy(ProxyConfig config, InstantSource clock, PrintStream accessOut) {
        this(config, clock, accessOut, config.serviceUrl());
    }

    /** The internal side of workspace-service may have an address of its own. */
    Proxy(ProxyConfig config, InstantSource clock, PrintStream accessOut, URI internalUrl) {
        this.config = config;
        calls.allowCoreThreadTimeOut(true);
        this.activity = new Activity(clock);
        this.control = new ControlPlane(internalUrl, config.internalKey(), CALL_TIMEOUT);
        this.feed = new RouteFeed(control, routes, config.stateFile(), clock);
        this.sessions = new SessionVerifier(clock, metrics.verifications);
        this.accessLog = config.accessLog() ? new AccessLog(accessOut, clock, metrics.accessLinesLost) : null;
        TokenIntrospection tokens = new TokenIntrospection(control, calls, clock);
        Endpoints endpoints =
                new Endpoints(new ServingMetrics(metrics.registry()), control, calls, clock, config.recovery());
        String name = randomName();
        this.usage = new UsageReports(name, endpoints, control);
        this.observed = new ObservedGenerations(name, routes, control);
        var parts = new ProxyServer.Parts(
                routes,
                new SiteRules(config.publicUrl(), config.allowedHosts()),
                config.trustedPeers(),
                new SessionCookie(config.sessionCookie()),
                sessions,
                new SessionRenewal(control, sessions, calls, clock),
                tokens,
                activity,
                endpoints,
                shadows,
                metrics,
                clock,
                accessLog);
        ServiceTarget service = ServiceTarget.of(config.serviceUrl(), config.internalKey());
        this.server = new ProxyServer(parts, service, config.threads(), config.connectionsPerAddress());
        InetSocketAddress grpcListen = config.grpcListen();
        this.grpc = grpcListen == null ? null : new GrpcServer(grpcListen, endpoints, tokens, routes);
        routes.addListener(sessions);
        routes.addListener(tokens);
        routes.addListener(server);
        routes.addListener(endpoints);
        routes.addListener(observed);
        endpoints.addListener(server);
    }

    /** Among all proxies and all their lives. */
    private static String randomName() {
        byte[] id = new byte[6];
        new SecureRandom().nextBytes(id);
        return "proxy-" + HexFormat.of().formatHex(id);
    }

    /** Starts everything; returns where clients connect. */
    InetSocketAddress start() throws IOException, InterruptedException {
        AdminPort port = new AdminPort(config.adminListen(), metrics.registry(), () -> routes.isLoaded() && !draining);
        admin = port;
        LOG.info(
                "admin listening host={} port={}",
                port.address().getAddress().getHostAddress(),
                port.address().getPort());
        feed.start();
        usage.start();
        observed.start();
        if (grpc != null) {
            grpcAddress = grpc.start();
        }
        var _ = reporter.scheduleAtFixedRate(this::report, REPORT_SECONDS, REPORT_SECONDS, TimeUnit.SECONDS);
        return server.listen(config.listen());
    }

    void report() {
        try {
            activity.report(control);
            sessions.forgetExpired();
            activity.retainOnly(prefix -> routes.find(prefix) != null);
        } catch (RuntimeException e) {
            LOG.warn("activity could not be reported", e);
        }
    }

    /** Where health and metrics are, once started. */
    InetSocketAddress adminAddress() {
        if (admin == null) {
            throw new IllegalStateException("not started");
        }
        return admin.address();
    }

    /** Where gRPC is served, once started; null if it is not. */
    @Nullable
    InetSocketAddress grpcAddress() {
        return grpcAddress;
    }

    LiveRoutes routes() {
        return routes;
    }

    /** Says that it is not ready, waits until that has been heard, finishes what is in progress, then ends. */
    void shutDown() throws InterruptedException {
        draining = true;
        LOG.info(
                "ending delay={} limit={}",
                config.drain().delay(),
                config.drain().limit());
        Thread.sleep(config.drain().delay());
        long until = System.nanoTime() + config.drain().limit().toNanos();
        if (grpc != null) {
            grpc.refuseNew();
        }
        server.drain(config.drain().limit());
        if (grpc != null) {
            grpc.drain(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
        }
        report();
        usage.report();
        close();
    }

    @Override
    public void close() {
        feed.close();
        reporter.shutdownNow();
        if (grpc != null) {
            grpc.close();
        }
        server.close();
        usage.close();
        observed.close();
        shadows.close();
        sessions.close();
        calls.shutdownNow();
        if (accessLog != null) {
            accessLog.close();
        }
        if (admin != null) {
            admin.close();
        }
    }
}
