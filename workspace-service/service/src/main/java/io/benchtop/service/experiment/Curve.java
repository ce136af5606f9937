package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The course of one metric over a run, as far as a picture can show it.
 *
 * @param points oldest first; finite values only
 * @param omitted how many values were infinite or not a number
 */
public record Curve(String metric, List<Metric> points, long omitted) {

    private static final Comparator<Metric> BY_VALUE = Comparator.comparingDouble(Metric::value);

    public Curve {
        requireNonNull(metric, "metric is null");
        points = List.copyOf(points);
        if (points.stream().anyMatch(point -> !Double.isFinite(point.value()))) {
            throw new IllegalArgumentException("no point of a curve is infinite or not a number: " + metric);
        }
    }

    /** The first of the lowest; empty if no value is a number. */
    public Optional<Metric> lowest() {
        return points.stream().min(BY_VALUE);
    }

    /** The first of the highest; empty if no value is a number. */
    public Optional<Metric> highest() {
        return points.stream().reduce((one, other) -> BY_VALUE.compare(other, one) > 0 ? other : one);
    }
}
