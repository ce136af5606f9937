package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.ByteBody.SplitBackpressureMode;
import io.micronaut.http.body.CloseableAvailableByteBody;
import io.micronaut.http.body.CloseableByteBody;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Refuses unsafe requests that another site may have made a browser send (S03). */
@Singleton
final class RequestForgeryCheck {

    private final OriginCheck origins;
    private final CsrfTokens tokens;

    RequestForgeryCheck(HttpConfig config, CsrfTokens tokens) {
        this.origins = new OriginCheck(config.publicUrl());
        this.tokens = requireNonNull(tokens, "tokens is null");
    }

    /** @param mustProve whether the request is one that a browser may have been made to send: by cookie, or a form */
    void checkOrigin(HttpRequest<?> request, boolean mustProve) {
        if (OriginCheck.isSafe(request.getMethodName())) {
            return;
        }
        boolean allowed = origins.allows(
                request.getHeaders().get("Origin"),
                request.getHeaders().get("Sec-Fetch-Site"),
                request.getHeaders().get("Host"),
                mustProve);
        if (!allowed) {
            throw ProblemException.of(
                    ErrorCode.CROSS_ORIGIN,
                    "The request does not come from a page of this site, so it was not carried out. Open the page here"
                            + " and try again; a program should send a token instead of a cookie.");
        }
    }

    void checkToken(HttpRequest<?> request, String sid) {
        if (OriginCheck.isSafe(request.getMethodName())) {
            return;
        }
        Optional<String> shown =
                request.getHeaders().get(CsrfTokens.HEADER, String.class).or(() -> formField(request));
        if (shown.filter(token -> tokens.matches(sid, token)).isEmpty()) {
            throw ProblemException.of(
                    ErrorCode.CSRF_TOKEN_MISSING,
                    "The form is from before you signed in, or its token is missing. Reload the page and try again.");
        }
    }

    private static Optional<String> formField(HttpRequest<?> request) {
        boolean form = request.getContentType()
                .filter(type -> type.getName().equals(MediaType.APPLICATION_FORM_URLENCODED))
                .isPresent();
        if (!form || !(request instanceof ServerHttpRequest<?> withBody)) {
            return Optional.empty();
        }
        try (CloseableByteBody copy = withBody.byteBody().split(SplitBackpressureMode.FASTEST);
                CloseableAvailableByteBody body = copy.buffer().join()) {
            return field(body.toString(StandardCharsets.UTF_8));
        }
    }

    private static Optional<String> field(String form) {
        String start = CsrfTokens.FORM_FIELD + "=";
        for (String pair : form.split("&", -1)) {
            if (pair.startsWith(start)) {
                return Optional.of(URLDecoder.decode(pair.substring(start.length()), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }
}
