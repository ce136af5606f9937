package io.benchtop.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The proxy's settings, from environment variables. Complete and checked before anything starts; a wrong or unknown
 * {@code BENCHTOP_PROXY_*} key stops the start with a sentence that names it.
 *
 * @param listen where the world connects
 * @param adminListen where health and metrics are
 * @param serviceUrl where workspace-service is
 * @param publicUrl under which address browsers see all of this
 * @param allowedHosts further names that the Host header may have
 * @param sessionCookie the name of the session cookie
 * @param internalKey the key that authenticates calls to workspace-service
 * @param stateFile where the last route table is kept
 * @param threads how many event loops
 * @param accessLog whether each request is logged
 */
record ProxyConfig(
        InetSocketAddress listen,
        InetSocketAddress adminListen,
        URI serviceUrl,
        URI publicUrl,
        Set<String> allowedHosts,
        String sessionCookie,
        String internalKey,
        Path stateFile,
        int threads,
        boolean accessLog) {

    private static final String OWN = "BENCHTOP_PROXY_";
    private static final Set<String> OWN_KEYS =
            Set.of(OWN + "LISTEN", OWN + "ADMIN_LISTEN", OWN + "STATE_FILE", OWN + "THREADS", OWN + "ACCESS_LOG");
    private static final Pattern COOKIE_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9.-]{1,253}");
    private static final int MAX_THREADS = 64;

    ProxyConfig {
        allowedHosts = Set.copyOf(allowedHosts);
        require(COOKIE_NAME.matcher(sessionCookie).matches(), "BENCHTOP_SESSION_COOKIE", "a plain cookie name");
        allowedHosts.forEach(host -> require(
                HOST_NAME.matcher(host).matches(),
                "BENCHTOP_ALLOWED_HOSTS",
                "a comma list of host names without port"));
        require(internalKey.length() >= 32, "BENCHTOP_INTERNAL_KEY_FILE", "a file with at least 32 characters");
        require(threads >= 1 && threads <= MAX_THREADS, OWN + "THREADS", "a number from 1 to " + MAX_THREADS);
        boolean secure = "https".equals(publicUrl.getScheme());
        require(
                secure || !sessionCookie.startsWith("__Host-"),
                "BENCHTOP_SESSION_COOKIE",
                "without __Host- unless BENCHTOP_PUBLIC_URL is https");
    }

    /** Reads the environment. */
    static ProxyConfig from(Map<String, String> environment) {
        Set<String> unknown = environment.keySet().stream()
                .filter(key -> key.startsWith(OWN) && !OWN_KEYS.contains(key))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown settings " + unknown + "; known are " + new TreeSet<>(OWN_KEYS));
        }
        return new ProxyConfig(
                address(environment, OWN + "LISTEN", "127.0.0.1:8080"),
                address(environment, OWN + "ADMIN_LISTEN", "127.0.0.1:0"),
                url(environment, "BENCHTOP_SERVICE_URL", Set.of("http")),
                url(environment, "BENCHTOP_PUBLIC_URL", Set.of("http", "https")),
                list(environment.getOrDefault("BENCHTOP_ALLOWED_HOSTS", "")),
                required(environment, "BENCHTOP_SESSION_COOKIE"),
                key(environment),
                Path.of(required(environment, OWN + "STATE_FILE")),
                number(environment),
                flag(environment));
    }

    private static int number(Map<String, String> environment) {
        int cores = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
        String text = environment.getOrDefault(OWN + "THREADS", Integer.toString(cores));
        require(text.matches("\\d{1,4}"), OWN + "THREADS", "a number from 1 to " + MAX_THREADS);
        return Integer.parseInt(text);
    }

    private static boolean flag(Map<String, String> environment) {
        String text = environment.getOrDefault(OWN + "ACCESS_LOG", "true");
        require(text.equals("true") || text.equals("false"), OWN + "ACCESS_LOG", "true or false");
        return text.equals("true");
    }

    private static String key(Map<String, String> environment) {
        Path file = Path.of(required(environment, "BENCHTOP_INTERNAL_KEY_FILE"));
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("BENCHTOP_INTERNAL_KEY_FILE cannot be read: " + file, e);
        }
    }

    private static InetSocketAddress address(Map<String, String> environment, String key, String fallback) {
        String text = environment.getOrDefault(key, fallback);
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        require(colon > 0 && port.matches("\\d{1,5}") && Integer.parseInt(port) < 65_536, key, "host:port");
        String host = text.substring(0, colon).replace("[", "").replace("]", "");
        InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(port));
        require(!address.isUnresolved(), key, "a host that can be resolved");
        return address;
    }

    private static URI url(Map<String, String> environment, String key, Set<String> schemes) {
        String text = required(environment, key);
        try {
            URI url = URI.create(text);
            boolean plain = url.getScheme() != null && schemes.contains(url.getScheme()) && url.getHost() != null;
            require(plain, key, "an address like " + schemes.iterator().next() + "://host:port");
            return url;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + " must be an address like http://host:port, not " + text, e);
        }
    }

    private static Set<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toSet());
    }

    private static String required(Map<String, String> environment, String key) {
        String value = environment.getOrDefault(key, "").strip();
        require(!value.isEmpty(), key, "set");
        return value;
    }

    private static void require(boolean right, String key, String wanted) {
        if (!right) {
            throw new IllegalArgumentException(key + " must be " + wanted);
        }
    }

    /** The key is a secret and stays out of logs. */
    @Override
    public String toString() {
        return "ProxyConfig[listen=" + listen + ", service=" + serviceUrl + ", public=" + publicUrl + ", hosts="
                + allowedHosts + ", cookie=" + sessionCookie + ", state=" + stateFile + ", threads=" + threads + "]";
    }
}
