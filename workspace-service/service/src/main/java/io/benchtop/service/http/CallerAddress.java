package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.routing.ProxyProof;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * Where a request really comes from. The proxy, which listens to the world, says so in {@code X-Forwarded-For} after taking
 * away what the client claimed, and proves that it is the proxy; from anybody else the header is not believed, be it on the
 * same machine or in the same cluster (S15).
 */
@Singleton
public final class CallerAddress {

    private static final int MAX_LENGTH = 45;

    private final byte[] proof;

    CallerAddress(HttpConfig config) {
        requireNonNull(config, "config is null");
        this.proof = ProxyProof.of(config.internalKey()).getBytes(StandardCharsets.UTF_8);
    }

    public String of(HttpRequest<?> request) {
        InetAddress peer = request.getRemoteAddress().getAddress();
        String itself = peer == null ? "unknown" : peer.getHostAddress();
        String forwarded = request.getHeaders().get("X-Forwarded-For");
        return forwarded != null && isFromProxy(request) && isPlausible(forwarded) ? forwarded : itself;
    }

    private boolean isFromProxy(HttpRequest<?> request) {
        List<String> shown = request.getHeaders().getAll(ProxyProof.HEADER);
        return shown.size() == 1
                && MessageDigest.isEqual(proof, shown.getFirst().getBytes(StandardCharsets.UTF_8));
    }

    /** The proxy writes one address; anything else would be a fault that must not reach a log. */
    private static boolean isPlausible(String address) {
        return !address.isEmpty()
                && address.length() <= MAX_LENGTH
                && address.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':');
    }
}
