package io.benchtop.service.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.trial.Judgement.Conclusive;
import io.benchtop.service.trial.Judgement.NotYet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/**
 * S38 in numbers, by simulation: how often two equal arms are found to differ, and a better one to be better. Every trial is looked at
 * after every {@value #STEP} users of each arm. Seeded: the same numbers every time.
 */
class FalseSwitchesTest {

    private static final int TRIALS = 2_000;
    private static final int STEP = 200;
    private static final double BASELINE = 0.05;
    private static final Plan PLAN = Plan.usual(BASELINE, 0.15);

    /** Where a rate of alpha would be seen in a simulation so short: three of its standard errors above. */
    private static final double AT_MOST_ALPHA = PLAN.alpha() + 3 * Math.sqrt(0.05 * 0.95 / TRIALS);

    private static Trial trial(Stopping stopping) {
        return new Trial(PLAN, stopping, new SwitchRule(0), 0.5);
    }

    /** The share of the trials in which a look shows a difference before the trial is over. */
    private static double found(double rate, double other, long horizon, BiPredicate<Tally, Tally> isFound) {
        SplittableRandom random = new SplittableRandom(42);
        Binomial first = new Binomial(STEP, rate);
        Binomial second = new Binomial(STEP, other);
        int found = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            Tally control = new Tally(0, 0);
            Tally candidate = new Tally(0, 0);
            while (control.users() < horizon) {
                control = first.grown(control, random);
                candidate = second.grown(candidate, random);
                if (isFound.test(control, candidate)) {
                    found++;
                    break;
                }
            }
        }
        return (double) found / TRIALS;
    }

    private static double found(Trial trial, double rate, double other) {
        return concluded(trial, rate, other, Set.of(Verdict.SWITCH, Verdict.STAY));
    }

    /** Goes on after another verdict, which can only find more. */
    private static double concluded(Trial trial, double rate, double other, Set<Verdict> verdicts) {
        return found(rate, other, trial.horizon(), (control, candidate) -> switch (trial.judge(control, candidate)) {
            case NotYet _ -> false;
            case Conclusive end -> verdicts.contains(end.verdict());
            case Judgement.Invalid invalid -> throw new AssertionError(invalid.reason());
        });
    }

    @Test
    void peekingFindsADifferenceBetweenEqualArmsFarTooOften() {
        assertThat(found(
                        BASELINE,
                        BASELINE,
                        PLAN.horizon(),
                        (control, candidate) -> FixedTest.pValue(control, candidate) < PLAN.alpha()))
                .isGreaterThan(0.25);
    }

    @Test
    void lookingOnceAtTheHorizonHoldsAlpha() {
        assertThat(found(trial(Stopping.AT_HORIZON), BASELINE, BASELINE)).isBetween(0.03, AT_MOST_ALPHA);
    }

    @Test
    void equalArmsAreHardlyEverSwitched() {
        // Given
        Trial offered = new Trial(PLAN, Stopping.AT_HORIZON, SwitchRule.OFFERED, 0.5);

        // Then
        for (Stopping stopping : Stopping.values()) {
            assertThat(concluded(trial(stopping), BASELINE, BASELINE, Set.of(Verdict.SWITCH)))
                    .isLessThan(PLAN.alpha());
        }
        assertThat(concluded(offered, BASELINE, BASELINE, Set.of(Verdict.SWITCH)))
                .isLessThan(0.005);
    }

    @Test
    void theAlwaysValidRuleHoldsAlphaAtEveryLook() {
        assertThat(found(trial(Stopping.ALWAYS_VALID), BASELINE, BASELINE)).isLessThan(PLAN.alpha());
    }

    @Test
    void theAlwaysValidRuleHoldsAlphaWhereTheBaselineWasGuessedWrongly() {
        assertThat(found(trial(Stopping.ALWAYS_VALID), 0.01, 0.01)).isLessThan(PLAN.alpha());
        assertThat(found(trial(Stopping.ALWAYS_VALID), 0.5, 0.5)).isLessThan(PLAN.alpha());
    }

    @Test
    void thePlannedEffectIsFoundAsOftenAsPlanned() {
        double raised = BASELINE * (1 + PLAN.minimalEffect());
        assertThat(found(trial(Stopping.AT_HORIZON), BASELINE, raised)).isBetween(0.77, 0.84);
        assertThat(found(trial(Stopping.ALWAYS_VALID), BASELINE, raised)).isGreaterThan(0.8);
    }

    /** Conversions of so many users, by inverting the cumulative distribution. */
    private static final class Binomial {

        private final double[] cumulative;

        Binomial(int users, double rate) {
            cumulative = new double[users + 1];
            double probability = Math.pow(1 - rate, users);
            double sum = 0;
            for (int count = 0; count <= users; count++) {
                sum += probability;
                cumulative[count] = sum;
                probability *= rate / (1 - rate) * (users - count) / (count + 1);
            }
        }

        Tally grown(Tally tally, SplittableRandom random) {
            double drawn = random.nextDouble();
            int count = 0;
            while (count < STEP && cumulative[count] < drawn) {
                count++;
            }
            return new Tally(tally.users() + STEP, tally.conversions() + count);
        }
    }
}
