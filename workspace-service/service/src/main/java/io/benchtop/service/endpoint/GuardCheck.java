package io.benchtop.service.endpoint;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Whether a candidate is beyond a guard's bound and worse than the control. With fewer than {@value #FEWEST} requests nothing is
 * judged but failures, of which {@value #FEWEST_FAILURES} are enough.
 */
final class GuardCheck {

    static final int FEWEST = 20;
    static final int FEWEST_FAILURES = 5;

    private GuardCheck() {}

    static Optional<Tripped> check(Guards guards, Measure tried, Measure control) {
        boolean enough = tried.requests() >= FEWEST;
        Tripped tripped = null;
        if (enough || tried.failures() >= FEWEST_FAILURES) {
            tripped = above(
                    "ERROR_RATE",
                    guards.maxErrorRate(),
                    tried.failureRate(),
                    control.failureRate(),
                    rate -> percent(rate) + " of its answers were errors");
        }
        if (tripped == null && enough) {
            tripped = above(
                    "P99",
                    guards.maxP99Millis(),
                    tried.quantileMillis(0.99).orElse(0),
                    control.quantileMillis(0.99).orElse(0),
                    millis -> "99 of 100 answers took up to " + millis(millis));
        }
        if (tripped == null && enough) {
            tripped = above(
                    "NAN_RATE",
                    guards.maxNanRate(),
                    tried.nanRate(),
                    control.nanRate(),
                    rate -> percent(rate) + " of its output values were no numbers");
        }
        if (tripped == null && enough) {
            tripped = above(
                    "PREDICTION_SHIFT",
                    guards.maxPredictionDifference(),
                    shift(tried, control),
                    0,
                    shift -> "its mean prediction was " + number(shift) + " standard deviations from the control's");
        }
        return Optional.ofNullable(tripped);
    }

    private interface Words {

        String of(double value);
    }

    private static @Nullable Tripped above(
            String code, @Nullable Double bound, double tried, double control, Words words) {
        if (bound == null || tried <= bound || tried <= control) {
            return null;
        }
        boolean isRelative = code.equals("PREDICTION_SHIFT");
        return new Tripped(
                code,
                "The new version was taken back: " + words.of(tried) + "; the bound is "
                        + switch (code) {
                            case "P99" -> millis(bound);
                            case "PREDICTION_SHIFT" -> number(bound);
                            default -> percent(bound);
                        }
                        + (isRelative
                                ? "."
                                : ", and the version beside it had "
                                        + (code.equals("P99") ? millis(control) : percent(control)) + "."));
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
