package io.benchtop.proxy;

import static io.benchtop.proxy.Environment.require;

import io.benchtop.proxy.auth.TrustedPeers;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxy's settings, from environment variables. Complete and checked before anything starts; a wrong or unknown
 * {@code BENCHTOP_PROXY_*} key stops the start with a sentence that names it.
 *
 * @param listen where the world connects
 * @param grpcListen where the world connects by gRPC; null if it cannot
 * @param adminListen where health and metrics are
 * @param serviceUrl where workspace-service is
 * @param publicUrl under which address browsers see all of this
 * @param allowedHosts further names that the Host header may have
 * @param trustedPeers who stands in front of us and is believed about where a request comes from
 * @param sessionCookie the name of the session cookie
 * @param internalKey the key that authenticates calls to workspace-service
 * @param stateFile where the last route table is kept
 * @param threads how many event loops
 * @param connectionsPerAddress how many connections one client address may have open
 * @param drain how long ending may take
 * @param accessLog whether each request is logged
 */
record ProxyConfig(
        InetSocketAddress listen,
        @Nullable InetSocketAddress grpcListen,
        InetSocketAddress adminListen,
        URI serviceUrl,
        URI publicUrl,
        Set<String> allowedHosts,
        TrustedPeers trustedPeers,
        String sessionCookie,
        String internalKey,
        Path stateFile,
        int threads,
        int connectionsPerAddress,
        Drain drain,
        Duration recovery,
        boolean accessLog) {

    private static final String OWN = "BENCHTOP_PROXY_";
    private static final String LISTEN = OWN + "LISTEN";
    private static final String GRPC_LISTEN = OWN + "GRPC_LISTEN";
    private static final String ADMIN_LISTEN = OWN + "ADMIN_LISTEN";
    private static final String STATE_FILE = OWN + "STATE_FILE";
    private static final String THREADS = OWN + "THREADS";
    private static final String ACCESS_LOG = OWN + "ACCESS_LOG";
    private static final String TRUSTED_PEERS = OWN + "TRUSTED_PEERS";
    private static final String CONNECTIONS_PER_ADDRESS = OWN + "CONNECTIONS_PER_ADDRESS";
    private static final String DRAIN = OWN + "DRAIN";
    private static final String DRAIN_DELAY = OWN + "DRAIN_DELAY";
    private static final String RECOVERY = OWN + "RECOVERY";
    private static final Set<String> OWN_KEYS = Set.of(
            LISTEN,
            GRPC_LISTEN,
            ADMIN_LISTEN,
            STATE_FILE,
            THREADS,
            ACCESS_LOG,
            TRUSTED_PEERS,
            CONNECTIONS_PER_ADDRESS,
            DRAIN,
            DRAIN_DELAY,
            RECOVERY);
    private static final Pattern COOKIE_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9.-]{1,253}");
    private static final Duration DEFAULT_RECOVERY = Duration.ofSeconds(10);
    private static final int MAX_THREADS = 64;
    private static final int MAX_CONNECTIONS = 1_000_000;

    /**
     * What happens between being told to end and the end.
     *
     * @param delay for how long new clients are still served, so that whoever sends them here can hear of it first
     * @param limit for how long requests in progress and WebSockets may then go on
     */
    record Drain(Duration delay, Duration limit) {

        static final Drain DEFAULT = new Drain(Duration.ZERO, Duration.ofSeconds(10));
    }

    ProxyConfig {
        allowedHosts = Set.copyOf(allowedHosts);
        require(COOKIE_NAME.matcher(sessionCookie).matches(), "BENCHTOP_SESSION_COOKIE", "a plain cookie name");
        allowedHosts.forEach(host -> require(
                HOST_NAME.matcher(host).matches(),
                "BENCHTOP_ALLOWED_HOSTS",
                "a comma list of host names without port"));
        require(internalKey.length() >= 32, "BENCHTOP_INTERNAL_KEY_FILE", "a file with at least 32 characters");
        boolean secure = "https".equals(publicUrl.getScheme());
        require(
                secure || !sessionCookie.startsWith("__Host-"),
                "BENCHTOP_SESSION_COOKIE",
                "without __Host- unless BENCHTOP_PUBLIC_URL is https");
    }

    /** Reads the environment. */
    static ProxyConfig from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        environment.requireKnown(OWN, OWN_KEYS);
        int cores = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
        return new ProxyConfig(
                environment.address(LISTEN, "127.0.0.1:8080"),
                environment.optionalAddress(GRPC_LISTEN),
                environment.address(ADMIN_LISTEN, "127.0.0.1:0"),
                environment.url("BENCHTOP_SERVICE_URL", Set.of("http")),
                environment.url("BENCHTOP_PUBLIC_URL", Set.of("http", "https")),
                environment.list("BENCHTOP_ALLOWED_HOSTS"),
                trustedPeers(environment),
                environment.required("BENCHTOP_SESSION_COOKIE"),
                environment.fileText("BENCHTOP_INTERNAL_KEY_FILE"),
                Path.of(environment.required(STATE_FILE)),
                environment.number(THREADS, cores, MAX_THREADS),
                environment.number(CONNECTIONS_PER_ADDRESS, 2048, MAX_CONNECTIONS),
                new Drain(
                        environment.duration(DRAIN_DELAY, Drain.DEFAULT.delay()),
                        environment.duration(DRAIN, Drain.DEFAULT.limit())),
                environment.duration(RECOVERY, DEFAULT_RECOVERY),
                environment.flag(ACCESS_LOG, true));
    }

    private static TrustedPeers trustedPeers(Environment environment) {
        try {
            return TrustedPeers.of(environment.list(TRUSTED_PEERS));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    TRUSTED_PEERS + " must be a comma list of addresses and networks such as 10.0.0.0/8: "
                            + e.getMessage(),
                    e);
        }
    }

    /** The key is a secret and stays out of logs. */
    @Override
    public String toString() {
        return "ProxyConfig[listen=" + listen + ", service=" + serviceUrl + ", public=" + publicUrl + ", hosts="
                + allowedHosts + ", cookie=" + sessionCookie + ", state=" + stateFile + ", threads=" + threads + "]";
    }
}
