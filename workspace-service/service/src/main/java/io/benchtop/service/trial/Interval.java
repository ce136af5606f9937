package io.benchtop.service.trial;

/**
 * An estimate and the bounds between which the truth is, with the confidence of the plan.
 *
 * @param high may be infinite
 */
public record Interval(double low, double value, double high) {

    public Interval {
        if (!(low <= value && value <= high)) {
            throw new IllegalArgumentException("not an interval: " + low + " to " + high + " around " + value);
        }
    }
}
