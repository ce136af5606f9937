package io.benchtop.service.http;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.serde.annotation.Serdeable;

/** A refusal in the words of MLflow, whose clients act on its code. */
@Serdeable
@Introspected
public record TrackingProblem(
        @com.fasterxml.jackson.annotation.JsonProperty("error_code")
        String errorCode,

        String message) {

    static MutableHttpResponse<TrackingProblem> of(ProblemException problem) {
        MutableHttpResponse<TrackingProblem> response = HttpResponse.<TrackingProblem>status(
                        HttpStatus.valueOf(status(problem.code())))
                .body(new TrackingProblem(name(problem.code()), problem.detail()));
        if (problem.retryAfter() != null) {
            response.header("Retry-After", Long.toString(problem.retryAfter().toSeconds()));
        }
        return response;
    }

    /** Clients that find an experiment made by somebody faster look for 400. */
    private static int status(ErrorCode code) {
        return code == ErrorCode.ALREADY_EXISTS ? 400 : code.status();
    }

    private static String name(ErrorCode code) {
        return switch (code) {
            case NOT_FOUND -> "RESOURCE_DOES_NOT_EXIST";
            case ALREADY_EXISTS -> "RESOURCE_ALREADY_EXISTS";
            case INVALID_FIELD, BAD_FILTER -> "INVALID_PARAMETER_VALUE";
            case BAD_REQUEST,
                    UNSUPPORTED_MEDIA_TYPE,
                    NOT_ACCEPTABLE,
                    TOO_LARGE,
                    UNREADABLE_FILE,
                    MIXED_FORMATS,
                    EMPTY_UPLOAD -> "BAD_REQUEST";
            case METHOD_NOT_ALLOWED -> "ENDPOINT_NOT_FOUND";
            case UNAUTHENTICATED, WRONG_CREDENTIALS -> "UNAUTHENTICATED";
            case FORBIDDEN, CROSS_ORIGIN, CSRF_TOKEN_MISSING -> "PERMISSION_DENIED";
            case TOO_MANY_ATTEMPTS -> "REQUEST_LIMIT_EXCEEDED";
            case QUOTA_REACHED, DISK_FULL -> "RESOURCE_EXHAUSTED";
            case UNAVAILABLE, SOURCE_AWAY -> "TEMPORARILY_UNAVAILABLE";
            case CONFLICT,
                    USERS_EXIST,
                    IDEMPOTENCY_KEY_REUSED,
                    PROFILE_UNAVAILABLE,
                    WRONG_OFFSET,
                    READ_USED,
                    VERSION_CHANGED,
                    APPROVAL_NEEDED,
                    DIGEST_DIFFERS,
                    CONNECTION_FAILED,
                    LINK_EXPIRED,
                    KEEP_ALIVE_TOO_LONG -> "INVALID_STATE";
            case INTERNAL_ERROR -> "INTERNAL_ERROR";
        };
    }
}
