package io.benchtop.service.http;

import io.micronaut.http.HttpRequest;
import java.net.InetAddress;

/**
 * Where a request really comes from. The proxy, which listens to the world, runs beside us and adds the peer it saw as the
 * last of {@code X-Forwarded-For} after taking away what the peer claimed; from any other machine the header is not
 * believed.
 */
public final class CallerAddress {

    private static final int MAX_LENGTH = 45;

    private CallerAddress() {}

    public static String of(HttpRequest<?> request) {
        InetAddress peer = request.getRemoteAddress().getAddress();
        String forwarded = request.getHeaders().get("X-Forwarded-For");
        if (peer == null) {
            return "unknown";
        }
        if (!peer.isLoopbackAddress() || forwarded == null) {
            return peer.getHostAddress();
        }
        String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        boolean plausible = !last.isEmpty()
                && last.length() <= MAX_LENGTH
                && last.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':');
        return plausible ? last : peer.getHostAddress();
    }
}
