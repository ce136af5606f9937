package io.benchtop.service.http;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.spawn.SpawnerAway;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns an exception that nobody meant for the caller into a problem. The caller learns an incident's number and nothing
 * of our insides; the log has the same number with the stack trace. Neither a body nor a header is ever logged (S08).
 */
@Singleton
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final Duration DATABASE_RETRY = Duration.ofSeconds(2);
    private static final Duration CLUSTER_RETRY = Duration.ofSeconds(5);

    ProblemException problem(HttpRequest<?> request, Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return problem;
            }
        }
        if (DatabaseOutage.isOne(exception)) {
            LOG.atWarn()
                    .addKeyValue("request", describe(request))
                    .addKeyValue("error", SafeText.shorten(String.valueOf(exception.getMessage()), 200))
                    .log("the database cannot be reached");
            return ProblemException.retryLater(
                    ErrorCode.UNAVAILABLE,
                    "The service cannot reach its database. Try again in a few seconds.",
                    DATABASE_RETRY);
        }
        if (exception instanceof SpawnerAway away) {
            return ProblemException.retryLater(
                    ErrorCode.UNAVAILABLE, away.sentence() + " Running notebooks go on meanwhile.", CLUSTER_RETRY);
        }
        String incident = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        LOG.atError()
                .setCause(exception)
                .addKeyValue("incident", incident)
                .addKeyValue("request", describe(request))
                .log("a request failed");
        return ProblemException.of(
                ErrorCode.INTERNAL_ERROR,
                "Something went wrong inside the service. Tell your administrator the incident " + incident + ".");
    }

    private static String describe(HttpRequest<?> request) {
        return SafeText.shorten(request.getMethodName() + " " + request.getPath(), 120);
    }
}
