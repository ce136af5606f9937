package io.benchtop.cli.local;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code benchtop up} was asked to do, complete.
 *
 * @param data where everything is kept
 * @param host address the proxy listens at
 * @param port port the proxy listens at
 * @param publicUrl what people type, without a slash at the end
 * @param allowedHosts further names it may be reached by
 * @param grpcPort port at which the proxy passes gRPC on to endpoints; null for none
 */
record UpPlan(
        DataFolder data,
        String host,
        int port,
        String publicUrl,
        List<String> allowedHosts,
        @Nullable Integer grpcPort) {

    UpPlan {
        allowedHosts = List.copyOf(allowedHosts);
        var parsed = URI.create(publicUrl);
        if (parsed.getHost() == null || !List.of("http", "https").contains(scheme(parsed))) {
            throw new IllegalArgumentException(
                    "the public URL is like https://notebooks.example.org, not '" + publicUrl + "'");
        }
        if ((parsed.getPath() != null && !parsed.getPath().isEmpty()) || parsed.getQuery() != null) {
            throw new IllegalArgumentException("the public URL has no path, '" + publicUrl + "' has one");
        }
    }

    private static String scheme(URI url) {
        return url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    }

    /** Whether nobody but this machine can reach it. */
    boolean isLocal() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    String listenAddress() {
        return address(host, port);
    }

    /** Where gRPC is listened for; null for nowhere. */
    @Nullable
    String grpcListenAddress() {
        return grpcPort == null ? null : address(host, grpcPort);
    }

    /** Where this machine reaches the proxy, whatever the public URL is. */
    String localUrl() {
        var anywhere = host.equals("0.0.0.0") || host.equals("::");
        return "http://" + address(anywhere ? "127.0.0.1" : host, port);
    }

    private static String address(String name, int at) {
        return (name.contains(":") ? "[" + name + "]" : name) + ":" + at;
    }

    /** A cookie is seen by every port of its host, hence the port in its name; with https a prefix does better. */
    String sessionCookie() {
        return scheme(URI.create(publicUrl)).equals("https") ? "__Host-benchtop-session" : "benchtop-session-" + port;
    }
}
