package io.benchtop.service.http.page;

import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.net.URI;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a browser is answered: a page, or another address to go to after a form. */
final class Answers {

    private static final MediaType HTML = MediaType.of("text/html; charset=utf-8");

    private Answers() {}

    static MutableHttpResponse<String> page(Page page) {
        return HttpResponse.ok(page.html()).contentType(HTML);
    }

    /** A part that keeps itself fresh: nothing while the browser shows what it would get. */
    static MutableHttpResponse<String> part(Part part, String seen) {
        return part.seen().equals(seen) ? HttpResponse.noContent() : page(part);
    }

    /** After a form was carried out; loading the next page again does not send it twice. */
    static MutableHttpResponse<String> seeOther(String path) {
        return HttpResponse.<String>status(HttpStatus.SEE_OTHER).headers(headers -> headers.location(URI.create(path)));
    }

    static MutableHttpResponse<String> done(String path, Notice.Done done) {
        return seeOther(path + "?done=" + done.code());
    }

    /** Carries a form out, or shows it again with the reason and the status of its refusal. */
    static MutableHttpResponse<String> form(
            Supplier<MutableHttpResponse<String>> carriedOut, Function<ProblemException, Page> refused) {
        try {
            return carriedOut.get();
        } catch (ProblemException problem) {
            MutableHttpResponse<String> answer = page(refused.apply(problem))
                    .status(HttpStatus.valueOf(problem.code().status()));
            if (problem.retryAfter() != null) {
                answer.header(
                        HttpHeaders.RETRY_AFTER,
                        Long.toString(problem.retryAfter().toSeconds()));
            }
            return answer;
        }
    }

    /** Whether htmx asks for a part of a page. */
    static boolean wantsPart(HttpRequest<?> request) {
        return request.getHeaders().contains("HX-Request");
    }
}
