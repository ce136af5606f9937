package io.benchtop.service.trial;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** The standard normal distribution. */
final class Normal {

    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    private Normal() {}

    /** What is exceeded with the probability. */
    static double upperQuantile(double probability) {
        return STANDARD.inverseSurvivalProbability(probability);
    }

    /** How probable a value so far from 0, or farther, is. */
    static double twoSided(double value) {
        return 2 * STANDARD.survivalProbability(Math.abs(value));
    }
}
