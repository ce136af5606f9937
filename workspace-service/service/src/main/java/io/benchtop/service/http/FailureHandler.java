package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Everything that nobody else answers: a database out of reach, or a mistake of ours. */
@Singleton
final class FailureHandler implements ExceptionHandler<Throwable, HttpResponse<?>> {

    private final Problems problems;
    private final Failures failures;

    FailureHandler(Problems problems, Failures failures) {
        this.problems = requireNonNull(problems, "problems is null");
        this.failures = requireNonNull(failures, "failures is null");
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface's own signature is raw
    public HttpResponse<?> handle(HttpRequest request, Throwable exception) {
        ProblemException problem = failures.problem(request, exception);
        return problems.answer(request, problem);
    }
}
