package io.benchtop.service.endpoint;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whether a candidate is beyond a guard's bound and worse than the control. With fewer than {@value #FEWEST} requests nothing is
 * judged but failures, of which {@value #FEWEST_FAILURES} are enough. Times are known to their bucket only: a bound within one is
 * passed once the quantile is in a later one, so that no healthy version is taken back for how its times are counted.
 */
final class GuardCheck {

    static final int FEWEST = 20;
    static final int FEWEST_FAILURES = 5;

    private GuardCheck() {}

    static Optional<Tripped> check(Guards guards, Measure tried, Measure control) {
        boolean enough = tried.requests() >= FEWEST;
        Optional<Tripped> failing = enough || tried.failures() >= FEWEST_FAILURES
                ? above(
                        guards.maxErrorRate(),
                        tried.failureRate(),
                        control.failureRate(),
                        "ERROR_RATE",
                        "%s of its answers were errors",
                        GuardCheck::percent)
                : Optional.empty();
        return enough ? failing.or(() -> judged(guards, tried, control)) : failing;
    }

    /** By what tells something only with enough requests. */
    private static Optional<Tripped> judged(Guards guards, Measure tried, Measure control) {
        return slow(guards.maxP99Millis(), tried, control)
                .or(() -> above(
                        guards.maxNanRate(),
                        tried.nanRate(),
                        control.nanRate(),
                        "NAN_RATE",
                        "%s of its output values were no numbers",
                        GuardCheck::percent))
                .or(() -> shifted(guards.maxPredictionDifference(), shift(tried, control)));
    }

    private static Optional<Tripped> slow(@Nullable Double bound, Measure tried, Measure control) {
        return bound == null || !tried.isAbove(bound, 0.99)
                ? Optional.empty()
                : above(
                        bound,
                        tried.quantileMillis(0.99).orElse(0),
                        control.quantileMillis(0.99).orElse(0),
                        "P99",
                        "99 of 100 answers took up to %s",
                        GuardCheck::millis);
    }

    private static Optional<Tripped> above(
            @Nullable Double bound,
            double tried,
            double control,
            String code,
            String measured,
            DoubleFunction<String> unit) {
        return bound == null || tried <= bound || tried <= control
                ? Optional.empty()
                : Optional.of(new Tripped(
                        code,
                        "The new version was taken back: " + measured.formatted(unit.apply(tried)) + "; the bound is "
                                + unit.apply(bound) + ", and the version beside it had " + unit.apply(control) + "."));
    }

    /** The control is what it is measured by, so there is nothing beside it to tell. */
    private static Optional<Tripped> shifted(@Nullable Double bound, double shift) {
        return bound == null || shift <= bound
                ? Optional.empty()
                : Optional.of(new Tripped(
                        "PREDICTION_SHIFT",
                        "The new version was taken back: its mean prediction was " + number(shift)
                                + " standard deviations from the control's; the bound is " + number(bound) + "."));
    }

    /** 0 as long as it cannot be told. */
    private static double shift(Measure tried, Measure control) {
        OptionalDouble mean = tried.mean();
        OptionalDouble other = control.mean();
        OptionalDouble deviation = control.deviation();
        if (mean.isEmpty() || other.isEmpty() || deviation.isEmpty() || control.requests() < FEWEST) {
            return 0;
        }
        double distance = Math.abs(mean.getAsDouble() - other.getAsDouble());
        return distance == 0 ? 0 : distance / deviation.getAsDouble();
    }

    private static String percent(double share) {
        return number(share * 100) + " %";
    }

    private static String millis(double value) {
        return Double.isInfinite(value) ? "more than a minute" : number(value) + " ms";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%.0f" : "%.2f", value);
    }
}
