package io.benchtop.service.http;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in a sentence what is wrong with a request that could not be read. The framework's messages name our classes and
 * repeat the input, so only what is worth knowing is taken out of them: where, and which field.
 */
final class UnreadableRequest {

    private static final Pattern POSITION = Pattern.compile("line: (\\d{1,9}), column: (\\d{1,9})");
    private static final Pattern FIELD =
            Pattern.compile("(?:property|field|parameter) \\[(?:[\\w.$<>]+ )?([A-Za-z][A-Za-z0-9]{0,40})]");
    private static final Pattern UNKNOWN = Pattern.compile("Unknown property \\[([^]]{1,60})]");

    private UnreadableRequest() {}

    static ProblemException problem(Optional<Throwable> cause, List<Error> errors) {
        String text = texts(cause, errors);
        Matcher unknown = UNKNOWN.matcher(text);
        if (unknown.find()) {
            return ProblemException.invalidField(
                    SafeText.shorten(unknown.group(1), 60), "is not known here; check its spelling");
        }
        if (cause.isPresent() && cause.get() instanceof UnsatisfiedRouteException missing) {
            return missing(missing);
        }
        if (cause.isPresent() && cause.get() instanceof ConversionErrorException wrong && !isBody(wrong)) {
            return ProblemException.invalidField(
                    SafeText.shorten(wrong.getArgument().getName(), 60), "has a value of the wrong kind");
        }
        Matcher field = FIELD.matcher(text);
        if (field.find() && text.contains("decod")) {
            return ProblemException.invalidField(field.group(1), "has a value of the wrong kind");
        }
        Matcher position = POSITION.matcher(text);
        String where = position.find() ? " at line " + position.group(1) + ", column " + position.group(2) : "";
        return ProblemException.of(
                ErrorCode.BAD_REQUEST,
                "The body is not the JSON that is expected here: it cannot be read" + where + ".");
    }

    private static ProblemException missing(UnsatisfiedRouteException exception) {
        String name = exception.getArgument().getName();
        return exception.getArgument().getAnnotationMetadata().hasAnnotation("io.micronaut.http.annotation.Body")
                ? ProblemException.of(ErrorCode.BAD_REQUEST, "The request has no body; send JSON.")
                : ProblemException.invalidField(SafeText.shorten(name, 60), "is missing");
    }

    private static boolean isBody(ConversionErrorException exception) {
        return exception.getArgument().getAnnotationMetadata().hasAnnotation("io.micronaut.http.annotation.Body");
    }

    private static String texts(Optional<Throwable> cause, List<Error> errors) {
        StringBuilder text = new StringBuilder();
        errors.forEach(error -> text.append(error.getMessage()).append('\n'));
        Throwable next = cause.orElse(null);
        for (int depth = 0; next != null && depth < 10; depth++) {
            text.append(next.getMessage()).append('\n');
            next = next.getCause();
        }
        return text.substring(0, Math.min(text.length(), 20_000));
    }
}
