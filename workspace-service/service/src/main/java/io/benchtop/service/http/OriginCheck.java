package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request may change something, judged by where it comes from (S02, S03). A browser says it truthfully in
 * {@code Origin} and {@code Sec-Fetch-Site}, and only a browser carries cookies without being asked to: so a request with
 * our cookie must prove that it comes from our own pages, and any request that admits to come from elsewhere is refused.
 */
final class OriginCheck {

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final String scheme;
    private final String publicOrigin;

    OriginCheck(URI publicUrl) {
        this.scheme = requireNonNull(publicUrl.getScheme(), "the public URL has no scheme");
        this.publicOrigin = scheme + "://" + requireNonNull(publicUrl.getRawAuthority(), "the public URL has no host");
    }

    static boolean isSafe(String method) {
        return SAFE_METHODS.contains(method);
    }

    /** @param mustProve whether a request that says nothing about where it comes from is refused */
    boolean allows(@Nullable String origin, @Nullable String fetchSite, @Nullable String host, boolean mustProve) {
        if (fetchSite != null && !fetchSite.equals("same-origin") && !fetchSite.equals("none")) {
            return false;
        }
        if (origin != null) {
            return origin.equals(publicOrigin) || (host != null && origin.equals(scheme + "://" + host));
        }
        return !mustProve || "same-origin".equals(fetchSite);
    }
}
