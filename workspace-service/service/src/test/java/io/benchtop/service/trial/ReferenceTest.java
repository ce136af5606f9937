package io.benchtop.service.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests and their bounds against those of others: scipy 1.17.1 and statsmodels 0.15.0. */
class ReferenceTest {

    private static final double CLOSE = 1e-9;

    /**
     * {@code proportions_ztest} where 5 or more conversions are expected in each arm, {@code scipy.stats.fisher_exact} in the other
     * (0 and 6 of 60).
     */
    @ParameterizedTest
    @CsvSource({
        "710, 14193, 830, 14193, 0.0016644670793453064",
        "1400, 2800, 1500, 2900, 0.19302046695020314",
        "3, 120, 9, 118, 0.07070359628619274",
        "12, 1000, 12, 1000, 1",
        "0, 60, 6, 60, 0.027411633549740966",
        "0, 60, 0, 60, 1"
    })
    void theFixedTestIsTheKnownOne(long conversions, long users, long others, long otherUsers, double pValue) {
        assertThat(FixedTest.pValue(new Tally(users, conversions), new Tally(otherUsers, others)))
                .isCloseTo(pValue, within(CLOSE));
    }

    /** {@code confint_proportions_2indep(compare="diff", method="newcomb")}, the candidate first. */
    @ParameterizedTest
    @CsvSource({
        "710, 14193, 830, 14193, 0.003185491077704143, 0.01373354030228759",
        "1400, 2800, 1500, 2900, -0.008713899719514244, 0.04316469584325809",
        "3, 120, 9, 118, -0.006857297980763094, 0.11575473988061075",
        "0, 60, 6, 60, 0.019578367940019714, 0.20149464723978774"
    })
    void theBoundsOfTheDifferenceAreNewcombes(
            long conversions, long users, long others, long otherUsers, double low, double high) {
        // When
        Interval difference = FixedTest.estimate(new Tally(users, conversions), new Tally(otherUsers, others), 0.05)
                .difference();

        // Then
        assertThat(difference.low()).isCloseTo(low, within(CLOSE));
        assertThat(difference.high()).isCloseTo(high, within(CLOSE));
    }

    /** {@code confint_proportions_2indep(compare="ratio", method="log")}, the candidate first; a ratio is an uplift and 1. */
    @ParameterizedTest
    @CsvSource({
        "710, 14193, 830, 14193, 1.0604632712718982, 1.2886763424977208",
        "1400, 2800, 1500, 2900, 0.9829767784154781, 1.0886875472363868",
        "3, 120, 9, 118, 0.846810822506469, 10.991439837955953"
    })
    void theBoundsOfTheUpliftAreThoseOfTheLogarithm(
            long conversions, long users, long others, long otherUsers, double low, double high) {
        // When
        Interval uplift = FixedTest.estimate(new Tally(users, conversions), new Tally(otherUsers, others), 0.05)
                .uplift()
                .orElseThrow();

        // Then
        assertThat(uplift.low() + 1).isCloseTo(low, within(CLOSE));
        assertThat(uplift.high() + 1).isCloseTo(high, within(CLOSE));
    }

    @Test
    void withoutConversionsNoUpliftIsTold() {
        assertThat(FixedTest.estimate(new Tally(60, 0), new Tally(60, 6), 0.05).uplift())
                .isEmpty();
    }

    /**
     * The likelihood of the estimate integrated numerically over the mixture, divided by that without an effect
     * ({@code scipy.integrate.quad}), and the effects at which it is 20 ({@code scipy.optimize.brentq}).
     */
    @ParameterizedTest
    @CsvSource({
        "0.05, 0.15, 500, 10000, 600, 10000, 0.043596045965880834,"
                + " 0.0001701525337558258, 0.019829847466244166, 0.002935709046251178, 0.4357849531246405",
        "0.05, 0.15, 710, 14193, 830, 14193, 0.037038972350034415,"
                + " 0.00029458950174604537, 0.016615154738372315, 0.005254230243415092, 0.359451060897229",
        "0.5, 0.05, 1400, 2800, 1500, 2900, 1,"
                + " -0.023828211964785573, 0.0583109705854753, -0.04589524770903486, 0.12163216388331777"
    })
    void theSequentialTestIsTheIntegralOverTheMixture(
            double baseline,
            double effect,
            long conversions,
            long users,
            long others,
            long otherUsers,
            double pValue,
            double low,
            double high,
            double lowUplift,
            double highUplift) {
        // Given
        SequentialTest test = new SequentialTest(Plan.usual(baseline, effect));
        Tally control = new Tally(users, conversions);
        Tally candidate = new Tally(otherUsers, others);

        // When
        Estimate estimate = test.estimate(control, candidate);
        Interval uplift = estimate.uplift().orElseThrow();

        // Then
        assertThat(test.pValue(control, candidate)).isCloseTo(pValue, within(1e-7));
        assertThat(estimate.difference().low()).isCloseTo(low, within(1e-7));
        assertThat(estimate.difference().high()).isCloseTo(high, within(1e-7));
        assertThat(uplift.low()).isCloseTo(lowUplift, within(1e-7));
        assertThat(uplift.high()).isCloseTo(highUplift, within(1e-7));
    }

    /** {@code scipy.stats.chisquare}: p is 0.0027, 0.00032 and 0.0028. */
    @ParameterizedTest
    @CsvSource({
        "5150, 4850, 0.5, false",
        "5180, 4820, 0.5, true",
        "9000, 1100, 0.1, false",
        "5000, 5000, 0.1, true",
        "9, 0, 0.5, false"
    })
    void aSplitThatChanceDoesNotMakeIsFound(long users, long others, double share, boolean isFound) {
        assertThat(new SampleRatio(share)
                        .mismatch(new Tally(users, 0), new Tally(others, 0))
                        .isPresent())
                .isEqualTo(isFound);
    }
}
