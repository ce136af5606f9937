package io.benchtop.service.http;

import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import java.util.Optional;

/**
 * Shows a problem as a page to a person who opened one. The pages feature provides the bean; without it problems are told
 * as problem documents. The status, {@code Retry-After} and headers of {@code plain} are to be kept.
 */
@FunctionalInterface
public interface ProblemPages {

    /** The page's body as HTML, or nothing to tell the problem plainly. */
    Optional<String> page(HttpRequest<?> request, ProblemException problem);

    /** Puts the page in the place of the plain answer's body. */
    default MutableHttpResponse<?> replace(
            HttpRequest<?> request, ProblemException problem, MutableHttpResponse<?> plain) {
        return page(request, problem)
                .<MutableHttpResponse<?>>map(html -> plain.body(html).contentType("text/html; charset=utf-8"))
                .orElse(plain);
    }
}
