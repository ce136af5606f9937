package io.benchtop.service.experiment;

import org.jspecify.annotations.Nullable;

/**
 * The data on which somebody asks how good models are.
 *
 * @param name null for any
 * @param digest null for any
 */
public record MeasuredData(@Nullable String name, @Nullable String digest) {

    boolean fits(ModelMetric metric) {
        return (name == null || name.equals(metric.datasetName()))
                && (digest == null || digest.equals(metric.datasetDigest()));
    }
}
