package io.benchtop.service.trial;

import org.apache.commons.statistics.inference.FisherExactTest;

/**
 * The test that holds for <em>one</em> look, planned beforehand: two proportions by z with pooled variance, or Fisher's exact test where a
 * count of less than {@value #FEWEST} is expected and z would say too much. The bounds are Newcombe's for the difference (from
 * Wilson's of each arm) and those of the logarithm of the ratio for the uplift.
 */
final class FixedTest {

    private static final double FEWEST = 5;

    private FixedTest() {}

    static double pValue(Tally control, Tally candidate) {
        if (Expected.fewest(control, candidate) < FEWEST) {
            return FisherExactTest.withDefaults()
                    .test(new int[][] {row(control), row(candidate)})
                    .getPValue();
        }
        double pooled = Expected.rate(control, candidate);
        double error = Math.sqrt(pooled * (1 - pooled) * (1.0 / control.users() + 1.0 / candidate.users()));
        return Normal.twoSided((candidate.rate() - control.rate()) / error);
    }

    private static int[] row(Tally tally) {
        return new int[] {Math.toIntExact(tally.conversions()), Math.toIntExact(tally.users() - tally.conversions())};
    }

    static Estimate estimate(Tally control, Tally candidate, double alpha) {
        double z = Normal.upperQuantile(alpha / 2);
        return new Estimate(difference(control, candidate, z), Uplift.of(control, candidate, error -> z * error));
    }

    private static Interval difference(Tally control, Tally candidate, double z) {
        Interval from = wilson(control, z);
        Interval to = wilson(candidate, z);
        double value = to.value() - from.value();
        return new Interval(
                value - Math.hypot(to.value() - to.low(), from.high() - from.value()),
                value,
                value + Math.hypot(to.high() - to.value(), from.value() - from.low()));
    }

    private static Interval wilson(Tally tally, double z) {
        double users = tally.users();
        double rate = tally.rate();
        double centre = (rate + z * z / (2 * users)) / (1 + z * z / users);
        double reach = z / (1 + z * z / users) * Math.sqrt(tally.variance() + z * z / (4 * users * users));
        // At rates of 0 and 1 the bound is the rate itself, which rounding may miss.
        return new Interval(Math.min(rate, centre - reach), rate, Math.max(rate, centre + reach));
    }
}
