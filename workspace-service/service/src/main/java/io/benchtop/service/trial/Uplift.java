package io.benchtop.service.trial;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** The uplift and its bounds, from those of the logarithm of the ratio of the rates, which is nearer to normal than the ratio is. */
final class Uplift {

    private Uplift() {}

    /** @param reach from the standard error of the logarithm to half the length of its interval */
    static Optional<Interval> of(Tally control, Tally candidate, DoubleUnaryOperator reach) {
        if (control.conversions() == 0 || candidate.conversions() == 0) {
            return Optional.empty();
        }
        double error = Math.sqrt(variance(control) + variance(candidate));
        double ratio = candidate.rate() / control.rate();
        double factor = Math.exp(reach.applyAsDouble(error));
        return Optional.of(new Interval(ratio / factor - 1, ratio - 1, ratio * factor - 1));
    }

    /** Of the logarithm of the rate, by the delta method. */
    private static double variance(Tally tally) {
        return (1 - tally.rate()) / tally.conversions();
    }
}
