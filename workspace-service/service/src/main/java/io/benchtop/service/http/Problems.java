package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.context.BeanProvider;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.net.URI;

/** The one place where a refusal becomes an answer: for programs a problem document, for people a page or the way in. */
@Singleton
final class Problems {

    private final DenialLog denials;
    private final BeanProvider<ProblemPages> pages;

    Problems(DenialLog denials, BeanProvider<ProblemPages> pages) {
        this.denials = requireNonNull(denials, "denials is null");
        this.pages = requireNonNull(pages, "pages is null");
    }

    HttpResponse<?> answer(HttpRequest<?> request, ProblemException problem) {
        RequestKind kind = RequestKind.of(request.getPath());
        boolean page = kind == RequestKind.PAGE;
        if (page && problem.code() == ErrorCode.UNAUTHENTICATED) {
            return signIn(request, problem);
        }
        denials.note(request, problem);
        MutableHttpResponse<?> plain =
                kind == RequestKind.TRACKING ? TrackingProblem.of(problem) : ProblemResponse.of(request, problem);
        if (!wantsPage(request)) {
            return plain;
        }
        return pages.find(null)
                .<MutableHttpResponse<?>>map(found -> found.replace(request, problem, plain))
                .orElse(plain);
    }

    private static boolean wantsPage(HttpRequest<?> request) {
        RequestKind kind = RequestKind.of(request.getPath());
        String accept = request.getHeaders().get("Accept");
        return (kind == RequestKind.PAGE || kind == RequestKind.OPEN) && accept != null && accept.contains("text/html");
    }

    private static HttpResponse<?> signIn(HttpRequest<?> request, ProblemException problem) {
        if (request.getHeaders().contains("HX-Request")) {
            // A script cannot follow to another page by itself; htmx does when it is told like this.
            return ProblemResponse.of(request, problem).header("HX-Redirect", "/login");
        }
        if (Navigation.isOne(request)) {
            String asked = request.getUri().toString();
            return HttpResponse.seeOther(
                    URI.create(LocalPath.orStart(asked).viaSignIn().value()));
        }
        return wantsPage(request) ? HttpResponse.seeOther(URI.create("/login")) : ProblemResponse.of(request, problem);
    }
}
