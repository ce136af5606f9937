package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Tells browsers what our answers may do (S07): scripts and styles from our own files only, no frame around us, no guess
 * at types. The referrer stays within the site, where Jupyter's XSRF check needs it. Every answer passes here, so they are
 * counted here.
 */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
final class SecurityHeadersFilter implements Ordered {

    private static final String POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final ServiceMetrics metrics;

    SecurityHeadersFilter(ServiceMetrics metrics) {
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @ResponseFilter
    void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
        metrics.answered(request.getMethodName(), response.code());
        response.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "same-origin")
                .header("Cross-Origin-Opener-Policy", "same-origin");
        if (!response.getHeaders().contains("Cache-Control")) {
            // What one person may see must not be kept for the next; static files say otherwise themselves.
            response.header("Cache-Control", "no-store");
        }
    }
}
