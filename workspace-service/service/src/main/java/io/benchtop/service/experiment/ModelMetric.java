package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A value of a metric that tells of a logged model, perhaps on some data.
 *
 * @param datasetName null if nothing was said about the data
 * @param datasetDigest which state of the data; null if nothing was said
 */
public record ModelMetric(
        String model,
        Metric metric,
        @Nullable String datasetName,
        @Nullable String datasetDigest) {

    public ModelMetric {
        LoggedModel.requireId(model);
        requireNonNull(metric, "metric is null");
        TrackingLimits.checkKey("metrics", metric.key());
        if (datasetName != null) {
            TrackingLimits.checkLength("dataset_name", datasetName, TrackingLimits.NAME);
        }
        if (datasetDigest != null) {
            TrackingLimits.checkLength("dataset_digest", datasetDigest, TrackingLimits.DIGEST);
        }
    }

    /** @param run which told it */
    public record Told(RunId run, ModelMetric metric) {

        public Told {
            requireNonNull(run, "run is null");
            requireNonNull(metric, "metric is null");
        }
    }
}
