package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** The one exit of refusals. */
@Singleton
final class ProblemExceptionHandler implements ExceptionHandler<ProblemException, HttpResponse<?>> {

    private final Problems problems;

    ProblemExceptionHandler(Problems problems) {
        this.problems = requireNonNull(problems, "problems is null");
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface's own signature is raw
    public HttpResponse<?> handle(HttpRequest request, ProblemException exception) {
        return problems.answer(request, exception);
    }
}
