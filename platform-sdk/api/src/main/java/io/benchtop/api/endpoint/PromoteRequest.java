package io.benchtop.api.endpoint;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a model version into production; the body of {@code POST /api/v1/endpoints/{name}:promote}.
 *
 * @param model the registered model
 * @param version a version such as {@code 0.0.1}, or an alias
 * @param strategy how it comes to its requests; null for all at once
 * @param settings null leaves them as they are
 */
public record PromoteRequest(
        @Nullable String model,
        @Nullable String version,
        @Nullable Strategy strategy,
        @Nullable EndpointSettings settings) {

    /**
     * How a version comes to its requests. What its kind does not know must be null.
     *
     * @param kind {@code ALL_AT_ONCE}, {@code CANARY}, {@code SPLIT} or {@code SHADOW}
     * @param steps CANARY: growing percents; without any 5, 20, 50
     * @param everySeconds CANARY: how long a step lasts at least; without any 300
     * @param minRequests CANARY: how many requests the candidate answers in a step at least; without any 20
     * @param hold CANARY: stays at the last step until somebody decides
     * @param guards CANARY: what takes the candidate back
     * @param weights SPLIT: percent by version, together 100
     * @param percent SHADOW: of the requests; without any 100
     */
    public record Strategy(
            @Nullable String kind,
            @Nullable List<Integer> steps,
            @Nullable Integer everySeconds,
            @Nullable Integer minRequests,
            @Nullable Boolean hold,
            @Nullable Guards guards,
            @Nullable Map<String, Double> weights,
            @Nullable Integer percent) {}

    /**
     * What a candidate must not do: it is taken back when it is beyond a bound and worse than the version beside it.
     *
     * @param maxErrorRate share of answers that are errors of the server, 0 to 1
     * @param maxP99Millis 99 of 100 answers must be there by then
     * @param maxNanRate share of output values that are no numbers, 0 to 1
     * @param maxPredictionDifference distance of the mean of the first output from the control's, in standard deviations
     */
    public record Guards(
            @Nullable Double maxErrorRate,
            @Nullable Double maxP99Millis,
            @Nullable Double maxNanRate,
            @Nullable Double maxPredictionDifference) {}
}
