package io.benchtop.proxy.auth;

import static io.benchtop.proxy.http.FieldName.HOST;
import static io.benchtop.proxy.http.FieldName.ORIGIN;
import static io.benchtop.proxy.http.FieldName.SEC_FETCH_MODE;
import static io.benchtop.proxy.http.FieldName.SEC_FETCH_SITE;

import io.benchtop.proxy.http.FieldLines;
import io.benchtop.proxy.http.RequestHead;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which Host a request may name and from which site it may come. Pure; the answer depends on the head alone.
 *
 * <p>Names are compared whole, never by suffix or pattern. An address may always be named, because a rebinding attack
 * needs a name.
 */
public final class SiteRules {

    private static final Pattern ADDRESS_V4 = Pattern.compile("(?:\\d{1,3}\\.){3}\\d{1,3}");
    private static final Pattern ADDRESS_V6 = Pattern.compile("\\[[0-9a-f:.]{2,45}]");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::\\d{1,5})?");

    private final String scheme;
    private final String publicOrigin;
    private final Set<String> hosts;

    public SiteRules(URI publicUrl, Set<String> allowedHosts) {
        this.scheme = publicUrl.getScheme().toLowerCase(Locale.ROOT);
        String host = publicUrl.getHost().toLowerCase(Locale.ROOT);
        this.publicOrigin = scheme + "://" + publicUrl.getRawAuthority().toLowerCase(Locale.ROOT);
        Set<String> names = new HashSet<>(List.of("localhost", host));
        allowedHosts.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        this.hosts = Set.copyOf(names);
    }

    public String scheme() {
        return scheme;
    }

    /** Whether the Host header names us. */
    public boolean allowsHost(String header) {
        var parts = HOST_AND_PORT.matcher(header);
        if (!parts.matches()) {
            return false;
        }
        String name = parts.group(1).toLowerCase(Locale.ROOT);
        return hosts.contains(name)
                || ADDRESS_V4.matcher(name).matches()
                || ADDRESS_V6.matcher(name).matches();
    }

    /**
     * Why a request may not come from where it comes from, or null.
     *
     * @param cookie whether it carries the session cookie, which a browser adds by itself
     * @param bearer whether it carries an API token, which only a program adds
     * @param toServer whether it goes to a user's server
     */
    public @Nullable String objection(RequestHead head, boolean cookie, boolean bearer, boolean toServer) {
        FieldLines fields = head.fields();
        boolean webSocket = head.isWebSocket();
        boolean unsafe = !head.isSafe();
        if ((unsafe || webSocket) && fields.has(ORIGIN)) {
            return isOwnOrigin(fields) ? null : "The request comes from another site (its Origin is not this one's).";
        }
        if (unsafe || webSocket) {
            return withoutOrigin(fields, cookie, bearer, webSocket);
        }
        boolean foreign = fields.is(SEC_FETCH_SITE, "cross-site") && !fields.is(SEC_FETCH_MODE, "navigate");
        return toServer && foreign ? "A page of another site may not read what is in a server." : null;
    }

    private static @Nullable String withoutOrigin(
            FieldLines fields, boolean cookie, boolean bearer, boolean webSocket) {
        if (fields.is(SEC_FETCH_SITE, "cross-site") || fields.is(SEC_FETCH_SITE, "same-site")) {
            return "The request comes from another site (its Sec-Fetch-Site says so).";
        }
        boolean browserLike = cookie || (webSocket && !bearer);
        boolean vouched = fields.is(SEC_FETCH_SITE, "same-origin");
        return browserLike && !vouched
                ? "A request with the session cookie needs an Origin header; programs should use an API token instead."
                : null;
    }

    private boolean isOwnOrigin(FieldLines fields) {
        if (fields.occurrences(ORIGIN) != 1 || fields.is(SEC_FETCH_SITE, "cross-site")) {
            return false;
        }
        String origin = fields.value(ORIGIN).toLowerCase(Locale.ROOT);
        String host = fields.value(HOST).toLowerCase(Locale.ROOT);
        return origin.equals(publicOrigin) || origin.equals(scheme + "://" + host);
    }
}
