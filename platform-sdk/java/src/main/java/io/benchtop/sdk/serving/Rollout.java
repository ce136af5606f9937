package io.benchtop.sdk.serving;

import io.benchtop.api.endpoint.EndpointSettings;
import io.benchtop.api.endpoint.EndpointSettings.Sticky;
import io.benchtop.api.endpoint.PromoteRequest;
import io.benchtop.api.endpoint.PromoteRequest.Guards;
import io.benchtop.api.endpoint.PromoteRequest.Strategy;
import io.benchtop.sdk.error.BenchtopException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a version comes to its requests.
 *
 * <pre>{@code
 * Rollout.canary(5, 20, 50).every(Duration.ofMinutes(30)).maxErrorRate(0.01).stickyHeader("X-User-Id");
 * Rollout.split(Map.of("0.0.1", 90, "0.0.2", 10));
 * Rollout.shadow(100);
 * }</pre>
 */
public sealed interface Rollout {

    /** All requests at once, as soon as it can answer. */
    static Rollout allAtOnce() {
        return new AllAtOnce();
    }

    /**
     * A share that grows step by step, and goes back to none where a guard is broken.
     *
     * @param steps percent of each step, rising, before all of it; 5, 20 and 50 if none are given
     * @throws BenchtopException {@code bad_strategy}, as all others
     */
    static Canary canary(int... steps) {
        var all = steps.length == 0
                ? List.of(5, 20, 50)
                : Arrays.stream(steps).boxed().toList();
        return new Canary(all, Duration.ofMinutes(30), new Guards(null, null, null, null), Optional.empty());
    }

    /**
     * Versions side by side until it is said otherwise, to compare them.
     *
     * @param percents of each version, together 100
     */
    static Split split(Map<String, ? extends Number> percents) {
        var weights = new HashMap<String, Double>();
        percents.forEach((version, percent) -> weights.put(version, percent.doubleValue()));
        return new Split(weights, Optional.empty());
    }

    /**
     * A version that is asked what the serving one is asked, and whose answers nobody gets: they are compared.
     *
     * @param percent of the requests that it is asked, too
     */
    static Shadow shadow(int percent) {
        return new Shadow(percent);
    }

    /** As the service is told it. */
    Strategy strategy();

    /** Who stays with one version; empty leaves that as it is. */
    default Optional<Sticky> sticky() {
        return Optional.empty();
    }

    /** As the service is asked to do it. */
    default PromoteRequest request(String model, String version, Optional<String> hardware) {
        var settings = new EndpointSettings(null, sticky().orElse(null), null, null, hardware.orElse(null));
        return new PromoteRequest(model, version, strategy(), settings.equals(EndpointSettings.NONE) ? null : settings);
    }

    /** See {@link Rollout#allAtOnce}. */
    record AllAtOnce() implements Rollout {
        @Override
        public Strategy strategy() {
            return new Strategy("ALL_AT_ONCE", null, null, null, null, null, null, null);
        }
    }

    /**
     * See {@link Rollout#canary}.
     *
     * @param every how long a step lasts at least, in whole seconds
     * @param guards what takes the version back
     */
    record Canary(List<Integer> steps, Duration every, Guards guards, Optional<Sticky> sticky) implements Rollout {

        public Canary {
            steps = List.copyOf(steps);
            int before = 0;
            for (int step : steps) {
                if (step <= before || step >= 100) {
                    throw bad(steps + " are no steps: percent between 0 and 100 that rise, such as canary(5, 20, 50).");
                }
                before = step;
            }
            if (!every.equals(Duration.ofSeconds(every.toSeconds()))
                    || every.toSeconds() < 1
                    || every.toSeconds() > Integer.MAX_VALUE) {
                throw bad(every + " is no length of a step: give whole seconds, such as Duration.ofMinutes(30).");
            }
        }

        /** How long a step lasts at least. */
        public Canary every(Duration step) {
            return new Canary(steps, step, guards, sticky);
        }

        /** Goes back where a larger share of answers are errors, 0 to 1, and the version before has fewer. */
        public Canary maxErrorRate(double share) {
            return with(
                    new Guards(share, guards.maxP99Millis(), guards.maxNanRate(), guards.maxPredictionDifference()));
        }

        /** Goes back where 99 of 100 answers are not there by then, and those of the version before are. */
        public Canary maxP99(Duration longest) {
            return with(new Guards(
                    guards.maxErrorRate(),
                    longest.toNanos() / 1e6,
                    guards.maxNanRate(),
                    guards.maxPredictionDifference()));
        }

        /** Goes back where a larger share of output values are no numbers, 0 to 1. */
        public Canary maxNanRate(double share) {
            return with(
                    new Guards(guards.maxErrorRate(), guards.maxP99Millis(), share, guards.maxPredictionDifference()));
        }

        /** Goes back where the mean of the first output is farther from that of the version before, in standard deviations. */
        public Canary maxPredictionDifference(double deviations) {
            return with(new Guards(guards.maxErrorRate(), guards.maxP99Millis(), guards.maxNanRate(), deviations));
        }

        /** Whom this header names stays with one version. */
        public Canary stickyHeader(String header) {
            return new Canary(steps, every, guards, Optional.of(header(header)));
        }

        /** A browser stays with one version. */
        public Canary stickyCookie() {
            return new Canary(steps, every, guards, Optional.of(cookie()));
        }

        private Canary with(Guards changed) {
            return new Canary(steps, every, changed, sticky);
        }

        @Override
        public Strategy strategy() {
            return new Strategy("CANARY", steps, (int) every.toSeconds(), null, null, guards, null, null);
        }
    }

    /** See {@link Rollout#split}. */
    record Split(Map<String, Double> percents, Optional<Sticky> sticky) implements Rollout {

        public Split {
            percents = Map.copyOf(percents);
            var sum =
                    percents.values().stream().mapToDouble(Double::doubleValue).sum();
            if (Math.abs(sum - 100) > 1e-6 || percents.values().stream().anyMatch(percent -> percent < 0)) {
                throw bad(percents + " is no split: percent by version, together 100.");
            }
        }

        /** Whom this header names stays with one version. */
        public Split stickyHeader(String header) {
            return new Split(percents, Optional.of(header(header)));
        }

        /** A browser stays with one version. */
        public Split stickyCookie() {
            return new Split(percents, Optional.of(cookie()));
        }

        @Override
        public Strategy strategy() {
            return new Strategy("SPLIT", null, null, null, null, null, percents, null);
        }
    }

    /** See {@link Rollout#shadow}. */
    record Shadow(int percent) implements Rollout {

        public Shadow {
            if (percent < 1 || percent > 100) {
                throw bad(percent + " is no percentage of requests: 1 to 100.");
            }
        }

        @Override
        public Strategy strategy() {
            return new Strategy("SHADOW", null, null, null, null, null, null, percent);
        }
    }

    private static Sticky header(String name) {
        if (name.isBlank()) {
            throw bad("Name the header that says who asks, such as X-User-Id.");
        }
        return new Sticky(name.strip(), false);
    }

    private static Sticky cookie() {
        return new Sticky(null, true);
    }

    private static BenchtopException bad(String sentence) {
        return new BenchtopException("bad_strategy", sentence);
    }
}
