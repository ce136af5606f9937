package io.benchtop.service.http;

import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** The one exit of refusals. */
@Singleton
final class ProblemExceptionHandler implements ExceptionHandler<ProblemException, HttpResponse<ProblemResponse>> {

    @Override
    @SuppressWarnings("rawtypes") // the interface's own signature is raw
    public HttpResponse<ProblemResponse> handle(HttpRequest request, ProblemException exception) {
        return ProblemResponse.of(request, exception);
    }
}
