package io.benchtop.service.connection;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands before one connection's source. No more than {@value #AT_ONCE} calls are inside at once; after {@value #FAILURES} of the
 * last {@value #REMEMBERED} found it away, it is not asked for a while, and then by one call at first. That it says no (a wrong
 * password) is an answer and no failure.
 */
final class SourceGuard {

    static final int AT_ONCE = 8;
    static final int FAILURES = 5;
    static final int REMEMBERED = 10;

    private final Connection connection;
    private final Patience patience;
    private final InstantSource clock;
    private final Bulkhead bulkhead;
    private final CircuitBreaker breaker;
    private volatile @Nullable Instant checkedAt;
    private volatile boolean answered;
    private volatile Instant openedAt = Instant.EPOCH;

    SourceGuard(Connection connection, Patience patience, InstantSource clock) {
        this.connection = requireNonNull(connection, "connection is null");
        this.patience = requireNonNull(patience, "patience is null");
        this.clock = requireNonNull(clock, "clock is null");
        String name = connection.name().value();
        this.bulkhead = Bulkhead.of(
                name,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(AT_ONCE)
                        .maxWaitDuration(patience.queue())
                        .build());
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(REMEMBERED)
                        .minimumNumberOfCalls(REMEMBERED)
                        .failureRateThreshold(100f * FAILURES / REMEMBERED)
                        .waitDurationInOpenState(patience.rest())
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .ignoreException(failure -> !isOutage(failure))
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> {
            switch (event.getStateTransition().getToState()) {
                case OPEN -> openedAt = clock.instant();
                case CLOSED -> forget();
                default -> {}
            }
        });
        forget();
    }

    /**
     * The breaker judges only a full window; with as many good calls in it as it may have, the first {@value #FAILURES} bad ones
     * are enough.
     */
    private void forget() {
        for (int call = FAILURES; call < REMEMBERED; call++) {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
    }

    /** Asks, if it may be asked now. */
    <T> T call(Asking<T> asking) throws IOException {
        enter();
        try {
            return ask(asking);
        } finally {
            leave();
        }
    }

    /** Takes a place inside, which {@link #leave} gives back. */
    void enter() {
        if (!bulkhead.tryAcquirePermission()) {
            throw ProblemException.retryLater(
                    ErrorCode.SOURCE_AWAY,
                    connection.title() + " is busy: " + AT_ONCE + " reads are going on, and none ended in "
                            + patience.queue().toSeconds() + " seconds. Try again when some have.",
                    patience.queue().plusSeconds(1));
        }
    }

    void leave() {
        bulkhead.onComplete();
    }

    /** Asks from inside. */
    <T> T ask(Asking<T> asking) throws IOException {
        if (!breaker.tryAcquirePermission()) {
            throw resting();
        }
        try {
            T answer = asking.ask();
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
            note(true);
            return answer;
        } catch (IOException | RuntimeException e) {
            failed(e);
            throw e;
        }
    }

    /** Something that goes on after it was asked has failed. */
    void failed(Exception failure) {
        if (isOutage(failure)) {
            note(false);
        } else {
            note(true);
        }
        breaker.onError(0, TimeUnit.NANOSECONDS, failure);
    }

    private void note(boolean answer) {
        answered = answer;
        checkedAt = clock.instant();
    }

    private ProblemException resting() {
        Duration left = patience.rest().minus(Duration.between(openedAt, clock.instant()));
        Duration wait = left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
        return SourceProblem.away(
                connection,
                "it failed time and again and is left alone for " + wait.toSeconds()
                        + " s. Check that it is up; it is asked again by itself.",
                wait);
    }

    ConnectionState state() {
        Instant at = checkedAt;
        if (at == null) {
            return ConnectionState.UNKNOWN;
        }
        boolean closed = breaker.getState() == State.CLOSED;
        return new ConnectionState(closed && answered ? "answers" : "away", at);
    }

    private static boolean isOutage(Throwable failure) {
        return failure instanceof ProblemException problem
                ? problem.code() == ErrorCode.SOURCE_AWAY
                : failure instanceof IOException;
    }

    /** What is asked. */
    @FunctionalInterface
    interface Asking<T> {

        T ask() throws IOException;
    }

    /**
     * How long things may take.
     *
     * @param queue for a place inside
     * @param rest until a source that failed is asked again
     */
    record Patience(Duration queue, Duration rest) {

        static final Patience USUAL = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(30));
    }
}
