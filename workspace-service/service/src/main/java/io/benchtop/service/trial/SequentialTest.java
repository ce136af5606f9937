package io.benchtop.service.trial;

import java.util.Optional;

/**
 * The test that holds at every look. One mixture judges the difference of the rates, one the logarithm of their ratio; both are as wide as
 * the plan's smallest effect.
 */
final class SequentialTest {

    /** Of each arm, with and without conversion, before rates are near enough to normal. */
    private static final double FEWEST = 10;

    private final Plan plan;
    private final Mixture differences;
    private final Mixture uplifts;

    SequentialTest(Plan plan) {
        this.plan = plan;
        this.differences = new Mixture(plan.baseline() * plan.minimalEffect());
        this.uplifts = new Mixture(Math.log1p(plan.minimalEffect()));
    }

    /** 1 as long as there is too little to tell. */
    double pValue(Tally control, Tally candidate) {
        if (Expected.fewest(control, candidate) < FEWEST) {
            return 1;
        }
        return differences.pValue(candidate.rate() - control.rate(), control.variance() + candidate.variance());
    }

    /** Anything is possible as long as there is too little to tell. */
    Estimate estimate(Tally control, Tally candidate) {
        double value = candidate.rate() - control.rate();
        if (Expected.fewest(control, candidate) < FEWEST) {
            return new Estimate(new Interval(-1, value, 1), Optional.empty());
        }
        double reach = differences.reach(Math.sqrt(control.variance() + candidate.variance()), plan.alpha());
        return new Estimate(
                new Interval(value - reach, value, value + reach),
                Uplift.of(control, candidate, error -> uplifts.reach(error, plan.alpha())));
    }
}
