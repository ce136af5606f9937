package io.benchtop.proxy.serving;

import io.benchtop.api.routing.EndpointRoute;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * In which bucket a call falls, and by what. Pure: the same route and caller give the same bucket in every proxy, and
 * nothing is remembered. The key is, in this order, the header that the route names, the route's cookie, the caller's name;
 * a browser without a cookie gets one at once, because its name may stand for many people.
 *
 * @param bucket from 0 up to {@link EndpointRoute#BUCKETS}
 * @param newCookie whether {@code key} is to be remembered by the browser
 * @param key what the bucket was made of; empty for a bucket of chance
 */
record Assignment(int bucket, boolean newCookie, String key) {

    /**
     * Decides for one caller.
     *
     * @param random a number from 0 up to its argument
     */
    static Assignment of(EndpointRoute route, Caller caller, IntUnaryOperator random) {
        EndpointRoute.Sticky sticky = route.sticky();
        String header = sticky.header() == null ? null : caller.header();
        if (header != null && !header.isEmpty()) {
            return by(route, header, false);
        }
        String cookie = sticky.cookie() ? caller.cookie() : null;
        if (cookie != null) {
            return by(route, cookie, false);
        }
        String freshCookie = caller.freshCookie();
        if (sticky.cookie() && freshCookie != null) {
            return by(route, freshCookie, true);
        }
        return sticky.spread()
                ? new Assignment(random.applyAsInt(EndpointRoute.BUCKETS), false, "")
                : by(route, caller.name(), false);
    }

    private static Assignment by(EndpointRoute route, String key, boolean newCookie) {
        return new Assignment(EndpointRoute.bucketOf(route.salt(), key), newCookie, key);
    }

    /**
     * By what a caller can be recognised.
     *
     * @param header the value of the route's sticky header; null if there is none
     * @param cookie the id in a cookie of this endpoint whose signature is right; null if there is none
     * @param freshCookie the id that a new cookie would have; null for a caller that keeps no cookies
     * @param name the token's client or the user
     */
    record Caller(
            @Nullable String header,
            @Nullable String cookie,
            @Nullable String freshCookie,
            String name) {}
}
