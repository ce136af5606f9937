package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/**
 * What the framework refuses before a controller is asked – an unknown address, a method, a body that is no JSON – in the
 * same form as our own refusals. The framework's headers, such as {@code Allow}, are kept.
 */
@Singleton
@Replaces(ErrorResponseProcessor.class)
final class BadRequestProblems implements ErrorResponseProcessor<Object> {

    private final Problems problems;
    private final Failures failures;

    BadRequestProblems(Problems problems, Failures failures) {
        this.problems = requireNonNull(problems, "problems is null");
        this.failures = requireNonNull(failures, "failures is null");
    }

    @Override
    @SuppressWarnings("unchecked")
    public MutableHttpResponse<Object> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        HttpRequest<?> request = context.getRequest();
        HttpResponse<?> answer = problems.answer(request, problem(context, response));
        MutableHttpResponse<Object> result = (MutableHttpResponse<Object>) answer.toMutableResponse();
        if (response.code() == 413 && !isBodyTooLarge(context)) {
            // The server gives up on a connection whose head it could not read; whoever reuses it should know.
            result.header("Connection", "close");
        }
        response.getHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Content-Type") && !name.equalsIgnoreCase("Content-Length")) {
                values.forEach(value -> result.header(name, value));
            }
        });
        return result;
    }

    private ProblemException problem(ErrorContext context, MutableHttpResponse<?> response) {
        HttpRequest<?> request = context.getRequest();
        return switch (response.code()) {
            case 404 -> ProblemException.of(ErrorCode.NOT_FOUND, "There is nothing at this address.");
            case 405 ->
                ProblemException.of(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        "This address exists but does not take " + SafeText.shorten(request.getMethodName(), 20)
                                + "; the header Allow says what it takes.");
            case 406 ->
                ProblemException.of(
                        ErrorCode.NOT_ACCEPTABLE,
                        "The answer does not exist in the form that the header Accept asks for; use application/json.");
            case 413, 414, 431 -> tooLarge(context);
            case 415 ->
                ProblemException.of(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "The body is of a type that is not understood here. Send JSON with \"Content-Type:"
                                + " application/json\".");
            default ->
                response.code() >= 500
                        ? failures.problem(
                                request,
                                context.getRootCause()
                                        .orElseGet(() -> new IllegalStateException("status " + response.code())))
                        : UnreadableRequest.problem(context.getRootCause(), context.getErrors());
        };
    }

    private static ProblemException tooLarge(ErrorContext context) {
        return ProblemException.of(
                ErrorCode.TOO_LARGE,
                isBodyTooLarge(context)
                        ? "The body is larger than 1 MB. Send less at once."
                        : "The address or a header of the request is too long. Send what is long in the body.");
    }

    private static boolean isBodyTooLarge(ErrorContext context) {
        return context.getRootCause()
                .filter(cause -> cause instanceof ContentLengthExceededException
                        || cause instanceof BufferLengthExceededException)
                .isPresent();
    }
}
