package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.SlidingWindow;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves an audit row for every request that was refused for who asked or from where (S46). An address gets so many rows a
 * minute, and all together so many: beyond that refusals are only counted, because a log that strangers can fill is worth
 * nothing. A wrong password is not written here; {@link io.benchtop.service.identity.SignIn} knows more about it.
 */
@Singleton
final class DenialLog {

    private static final Logger LOG = LoggerFactory.getLogger(DenialLog.class);
    private static final Set<ErrorCode> DENIALS = EnumSet.of(
            ErrorCode.UNAUTHENTICATED,
            ErrorCode.FORBIDDEN,
            ErrorCode.CROSS_ORIGIN,
            ErrorCode.CSRF_TOKEN_MISSING,
            ErrorCode.TOO_MANY_ATTEMPTS);

    private final AuditTrail audit;
    private final ServiceMetrics metrics;
    private final CallerAddress callerAddress;
    private final SlidingWindow perAddress;
    private final SlidingWindow together;

    DenialLog(AuditTrail audit, ServiceMetrics metrics, CallerAddress callerAddress, InstantSource clock) {
        this.audit = requireNonNull(audit, "audit is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
        this.callerAddress = requireNonNull(callerAddress, "callerAddress is null");
        this.perAddress = new SlidingWindow(30, Duration.ofMinutes(1), 5_000, clock);
        this.together = new SlidingWindow(600, Duration.ofMinutes(1), 1, clock);
    }

    void note(HttpRequest<?> request, ProblemException problem) {
        Caller caller =
                request.getAttribute(AuthenticationFilter.CALLER, Caller.class).orElse(null);
        // What does not exist is a denial only where somebody known asked: it may be another user's (S14).
        boolean foreign = problem.code() == ErrorCode.NOT_FOUND && caller != null;
        if (!foreign && !DENIALS.contains(problem.code())) {
            return;
        }
        metrics.denied(problem.code());
        String address = callerAddress.of(request);
        if (perAddress.tryAdd(address).isPresent() || together.tryAdd("all").isPresent()) {
            return;
        }
        try {
            audit.refused(
                    caller == null ? AuditTrail.ANONYMOUS : caller.user().value(),
                    address,
                    "request.denied",
                    SafeText.shorten(request.getMethodName() + " " + request.getPath(), 150),
                    problem.code(),
                    "");
        } catch (RuntimeException e) {
            // The request is refused anyway; that its row is missing must be seen somewhere.
            LOG.atWarn()
                    .addKeyValue("error", SafeText.shorten(String.valueOf(e.getMessage()), 200))
                    .log("a denial could not be written to the audit log");
        }
    }
}
