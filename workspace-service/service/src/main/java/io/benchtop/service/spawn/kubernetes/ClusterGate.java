package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.kubernetes.Sentences;
import io.benchtop.service.spawn.SpawnerAway;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets questions through to the API server. When one finds it away, all others are answered with that at once; only one at a
 * time, later and later up to every few seconds, is let through to see whether it is back. So an outage costs the API server
 * less than one request in a second, however many starts wait for its end, and is noticed to be over within seconds.
 */
final class ClusterGate {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterGate.class);
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 4_000;

    /** Too many requests, and what gateways and a starting or stopping API server say. */
    private static final Set<Integer> AWAY = Set.of(429, 502, 503, 504);

    /** What it says when something is to be made that is there. */
    static final Set<Integer> IS_THERE = Set.of(409);

    /** What it says of what is not there. */
    static final Set<Integer> IS_GONE = Set.of(404);

    /** Both: whatever was to be made or removed is made or removed. */
    static final Set<Integer> IS_DONE = Set.of(404, 409);

    private final InstantSource clock;
    private @Nullable Outage outage;
    private @Nullable Instant lastAnswer;

    ClusterGate(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * @throws SpawnerAway if the API server does not answer
     * @throws KubernetesClientException if it answers that it will not do it
     */
    <T> T ask(Supplier<T> question) {
        enter();
        try {
            T answer = question.get();
            answered();
            return answer;
        } catch (KubernetesClientException e) {
            if (isNoAnswer(e) || AWAY.contains(e.getCode())) {
                throw away(e);
            }
            answered();
            throw e;
        } catch (RuntimeException e) {
            // Nobody may be left waiting for an answer to a question that broke on our side.
            answered();
            throw e;
        }
    }

    /**
     * Asks for what may be there already, or of what may be gone.
     *
     * @param expected statuses of refusals that are no errors
     * @return empty if it was refused with one of them
     */
    <T> Optional<T> attempt(Supplier<T> question, Set<Integer> expected) {
        try {
            return Optional.ofNullable(ask(question));
        } catch (KubernetesClientException e) {
            if (expected.contains(e.getCode())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    synchronized boolean isAnswering() {
        return outage == null;
    }

    synchronized @Nullable Instant lastAnswer() {
        return lastAnswer;
    }

    /** Empty while it answers. */
    synchronized String sentence() {
        return outage == null ? "" : outage.sentence();
    }

    private synchronized void enter() {
        if (outage == null) {
            return;
        }
        if (outage.asking || System.nanoTime() - outage.nextQuestion < 0) {
            throw new SpawnerAway(outage.sentence());
        }
        outage.asking = true;
    }

    private synchronized void answered() {
        if (outage != null) {
            LOG.atInfo().log("the cluster answers again");
            outage = null;
        }
        lastAnswer = clock.instant();
    }

    private synchronized SpawnerAway away(KubernetesClientException e) {
        if (outage == null) {
            outage = new Outage(clock.instant(), Sentences.quoted(cause(e)));
            LOG.atWarn().addKeyValue("cause", outage.cause).log("the cluster does not answer; servers are left alone");
        }
        outage.failed();
        return new SpawnerAway(outage.sentence(), e);
    }

    /** The client has several codes for that nothing came back. */
    private static boolean isNoAnswer(KubernetesClientException e) {
        return e.getCode() <= 0;
    }

    private static String cause(KubernetesClientException e) {
        if (!isNoAnswer(e)) {
            return "status " + e.getCode();
        }
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return message == null ? deepest.getClass().getSimpleName() : message;
    }

    /** Guarded by the gate. */
    private static final class Outage {

        private final Instant since;
        private final String cause;
        private long pauseMillis = FIRST_PAUSE_MILLIS;
        private long nextQuestion;
        private boolean asking;

        Outage(Instant since, String cause) {
            this.since = since;
            this.cause = cause;
        }

        void failed() {
            double jitter = ThreadLocalRandom.current().nextDouble(0.75, 1.25);
            nextQuestion = System.nanoTime()
                    + Duration.ofMillis((long) (pauseMillis * jitter)).toNanos();
            pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
            asking = false;
        }

        String sentence() {
            return "The cluster does not answer since " + since + " (" + cause
                    + "). Servers that run go on, and starts wait until it answers.";
        }
    }
}
