package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A logged model with every value that runs told of it.
 *
 * @param metrics by name, then oldest first
 */
public record MeasuredModel(LoggedModel model, List<ModelMetric.Told> metrics) {

    /** MLflow's servers take the latest time before the highest step here, other than with runs. */
    private static final Comparator<ModelMetric.Told> BY_AGE = Comparator.<ModelMetric.Told>comparingLong(
                    told -> told.metric().metric().at())
            .thenComparingLong(told -> told.metric().metric().step())
            .thenComparing(told -> told.run().value(), Comparator.reverseOrder());

    public MeasuredModel {
        requireNonNull(model, "model is null");
        metrics = List.copyOf(metrics);
    }

    /** The latest value of a metric on some data; empty if there is none, or it is not a number. */
    Optional<Double> latest(String key, MeasuredData data) {
        return metrics.stream()
                .filter(told -> told.metric().metric().key().equals(key) && data.fits(told.metric()))
                .max(BY_AGE)
                .map(told -> told.metric().metric().value())
                .filter(value -> !value.isNaN());
    }
}
