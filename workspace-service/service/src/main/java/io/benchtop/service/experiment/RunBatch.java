package io.benchtop.service.experiment;

import io.benchtop.service.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * What is logged of a run at once: all of it or, if anything is wrong with it, nothing. Values that are too long lose their
 * ends.
 *
 * @param ofModels those of the metrics that tell of a logged model, too
 */
public record RunBatch(
        List<Metric> metrics, Map<String, String> params, Map<String, String> tags, List<ModelMetric> ofModels) {

    public RunBatch {
        metrics = List.copyOf(metrics);
        params = mapped(params, TrackingLimits::param);
        tags = mapped(tags, TrackingLimits::runTag);
        ofModels = List.copyOf(ofModels);
        metrics.forEach(metric -> TrackingLimits.checkKey("metrics", metric.key()));
        atMost("metrics", Math.max(metrics.size(), ofModels.size()), 1000);
        atMost("params", params.size(), 100);
        atMost("tags", tags.size(), 100);
        atMost("metrics, params and tags together", metrics.size() + params.size() + tags.size(), 1000);
    }

    public RunBatch(List<Metric> metrics, Map<String, String> params, Map<String, String> tags) {
        this(metrics, params, tags, List.of());
    }

    static Map<String, String> mapped(Map<String, String> values, BinaryOperator<String> mapping) {
        return values.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> mapping.apply(entry.getKey(), entry.getValue())));
    }

    private static void atMost(String what, int count, int limit) {
        if (count > limit) {
            throw ProblemException.invalidField(
                    what, "are " + count + ", and at most " + limit + " can be logged at once; send several batches");
        }
    }

    public static RunBatch param(String key, String value) {
        return new RunBatch(List.of(), Map.of(key, value), Map.of());
    }

    public static RunBatch tag(String key, String value) {
        return new RunBatch(List.of(), Map.of(), Map.of(key, value));
    }
}
