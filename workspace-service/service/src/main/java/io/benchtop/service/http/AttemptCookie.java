package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.SignInAttempt;
import io.micronaut.http.HttpRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Keeps a sealed sign-in attempt in the browser while the person is at the identity provider. Lax, because the way back is
 * a navigation that another site begins. The name is one that the proxy neither shows to a user's server nor lets it set,
 * with the port in it, because all ports of a host share their cookies.
 */
public final class AttemptCookie {

    private final String name;
    private final boolean secure;

    AttemptCookie(URI publicUrl) {
        this.secure =
                "https".equals(requireNonNull(publicUrl, "publicUrl is null").getScheme());
        int port = publicUrl.getPort() >= 0 ? publicUrl.getPort() : secure ? 443 : 80;
        this.name = (secure ? "__Host-benchtop-sign-in-" : "benchtop-session-sign-in-") + port;
    }

    /** The value of {@code Set-Cookie}. */
    public String set(String sealed) {
        return write(sealed, SignInAttempt.LIFE);
    }

    /** The value of {@code Set-Cookie} that takes the cookie away. */
    public String clear() {
        return write("", Duration.ZERO);
    }

    /** More than one means that all but one were planted. */
    public List<String> values(HttpRequest<?> request) {
        return CookieHeader.values(request.getHeaders().getAll("Cookie"), name);
    }

    private String write(String value, Duration maxAge) {
        return name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + maxAge.toSeconds()
                + (secure ? "; Secure" : "");
    }
}
