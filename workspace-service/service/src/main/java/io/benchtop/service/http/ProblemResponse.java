package io.benchtop.service.http;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.problem.ProblemException.FieldError;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** RFC 9457's problem+json with our machine code. */
@Serdeable
public record ProblemResponse(
        String type, String title, int status, String code, String detail, String instance, List<Field> errors) {

    static MutableHttpResponse<ProblemResponse> of(HttpRequest<?> request, ProblemException problem) {
        ErrorCode code = problem.code();
        ProblemResponse body = new ProblemResponse(
                "about:blank",
                code.title(),
                code.status(),
                code.code(),
                problem.detail(),
                request.getPath(),
                problem.errors().stream().map(Field::of).toList());
        MutableHttpResponse<ProblemResponse> response = HttpResponse.<ProblemResponse>status(
                        HttpStatus.valueOf(code.status()))
                .contentType(MediaType.of("application/problem+json"))
                .body(body);
        if (problem.retryAfter() != null) {
            response.header("Retry-After", Long.toString(problem.retryAfter().toSeconds()));
        }
        return response;
    }

    /** One refused field. */
    @Serdeable
    public record Field(String field, String message) {

        static Field of(FieldError error) {
            return new Field(error.field(), error.message());
        }
    }
}
