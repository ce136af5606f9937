package io.benchtop.service.problem;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one exception that use cases throw for anything the caller can understand. The detail is written for that person:
 * what happened, to which object, and what to do. It never holds a secret or an internal path.
 */
public final class ProblemException extends RuntimeException {

    private final ErrorCode code;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    private ProblemException(ErrorCode code, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
        super(requireNonNull(detail, "detail is null"));
        this.code = requireNonNull(code, "code is null");
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    public static ProblemException of(ErrorCode code, String detail) {
        return new ProblemException(code, detail, List.of(), null);
    }

    /** A refused field: the detail repeats the message so that a client that ignores {@code errors} still helps. */
    public static ProblemException invalidField(String field, String message) {
        return new ProblemException(
                ErrorCode.INVALID_FIELD, field + ": " + message, List.of(new FieldError(field, message)), null);
    }

    /** Everything that was refused about a request; at least one field. */
    public static ProblemException invalidFields(List<FieldError> errors) {
        String detail = errors.stream()
                .map(error -> error.field() + ": " + error.message())
                .collect(Collectors.joining("; "));
        return new ProblemException(ErrorCode.INVALID_FIELD, detail, errors, null);
    }

    public static ProblemException retryLater(ErrorCode code, String detail, Duration retryAfter) {
        return new ProblemException(code, detail, List.of(), retryAfter);
    }

    /** The same answer whether the object does not exist or belongs to somebody else. */
    public static ProblemException notFound(String kind, String name) {
        return of(ErrorCode.NOT_FOUND, "There is no " + kind + " \"" + readable(name) + "\" that you may use.");
    }

    /** A name that somebody made up may be anything; it is repeated only as far as it can be one. */
    private static String readable(String name) {
        String start = name.length() > 64 ? name.substring(0, 64) + "…" : name;
        return start.replaceAll("[\\p{Cntrl}\\p{Cn}\\p{Co}\\p{Cs}\uFFFD]", "?");
    }

    public ErrorCode code() {
        return code;
    }

    public String detail() {
        return requireNonNull(getMessage());
    }

    public List<FieldError> errors() {
        return errors;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** Which field of the request was refused and why. */
    public record FieldError(String field, String message) {

        public FieldError {
            requireNonNull(field, "field is null");
            requireNonNull(message, "message is null");
        }
    }
}
