package io.benchtop.service.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.trial.Judgement.Conclusive;
import io.benchtop.service.trial.Judgement.Invalid;
import io.benchtop.service.trial.Judgement.NotYet;
import org.junit.jupiter.api.Test;

/** S38: nothing is concluded before its time, and then only what was agreed on. */
class TrialTest {

    private static final long USERS = 14_193;
    private static final Tally CONTROL = new Tally(USERS, 710);

    private static Trial trial(Stopping stopping, double minimalUplift) {
        return new Trial(Plan.usual(0.05, 0.15), stopping, new SwitchRule(minimalUplift), 0.5);
    }

    private static Verdict verdict(Judgement judgement) {
        assertThat(judgement).isInstanceOf(Conclusive.class);
        return ((Conclusive) judgement).verdict();
    }

    @Test
    void beforeItsHorizonATrialConcludesNothingHoweverGoodItLooks() {
        // When
        Judgement judgement = trial(Stopping.AT_HORIZON, 0).judge(new Tally(USERS, 710), new Tally(USERS - 1, 2 * 710));

        // Then
        assertThat(judgement).isInstanceOfSatisfying(NotYet.class, notYet -> {
            assertThat(notYet.users()).isEqualTo(USERS - 1);
            assertThat(notYet.horizon()).isEqualTo(USERS);
            assertThat(notYet.estimate().orElseThrow().difference().value()).isGreaterThan(0.04);
        });
    }

    @Test
    void aTrialWithoutUsersHasNoEstimate() {
        for (Stopping stopping : Stopping.values()) {
            // When
            Judgement judgement = trial(stopping, 0).judge(new Tally(0, 0), new Tally(3, 1));

            // Then
            assertThat(judgement)
                    .isInstanceOfSatisfying(
                            NotYet.class,
                            notYet -> assertThat(notYet.estimate()).isEmpty());
        }
    }

    @Test
    void atTheHorizonADifferenceIsFound() {
        // Given
        Trial trial = trial(Stopping.AT_HORIZON, 0.15);

        // Then
        assertThat(verdict(trial.judge(CONTROL, new Tally(USERS, 830)))).isEqualTo(Verdict.SWITCH);
        assertThat(verdict(trial.judge(CONTROL, new Tally(USERS, 810)))).isEqualTo(Verdict.STAY);
        assertThat(verdict(trial.judge(CONTROL, new Tally(USERS, 600)))).isEqualTo(Verdict.STAY);
        assertThat(verdict(trial.judge(CONTROL, new Tally(USERS, 730)))).isEqualTo(Verdict.NO_DIFFERENCE);
    }

    @Test
    void aLargeUpliftThatIsNotShownDoesNotSwitch() {
        // Given
        Trial trial = new Trial(Plan.usual(0.5, 0.5), Stopping.AT_HORIZON, SwitchRule.OFFERED, 0.5);
        long users = trial.horizon();

        // When
        Judgement judgement = trial.judge(new Tally(users, users * 2 / 5), new Tally(users, users / 2));

        // Then
        assertThat(judgement).isInstanceOfSatisfying(Conclusive.class, end -> {
            assertThat(end.verdict()).isEqualTo(Verdict.NO_DIFFERENCE);
            assertThat(end.estimate().uplift().orElseThrow().value()).isGreaterThan(0.15);
            assertThat(end.estimate().difference().low()).isNegative();
        });
    }

    @Test
    void anAlwaysValidTrialEndsAsSoonAsItsDifferenceIsShown() {
        // Given
        Trial trial = trial(Stopping.ALWAYS_VALID, 0.15);

        // When
        Judgement early = trial.judge(new Tally(4_000, 200), new Tally(4_000, 220));
        Judgement clear = trial.judge(new Tally(4_000, 200), new Tally(4_000, 320));

        // Then
        assertThat(early).isInstanceOf(NotYet.class);
        assertThat(clear).isInstanceOfSatisfying(Conclusive.class, end -> {
            assertThat(end.verdict()).isEqualTo(Verdict.SWITCH);
            assertThat(end.estimate().difference().low()).isPositive();
            assertThat(end.estimate().uplift().orElseThrow().low()).isPositive();
        });
    }

    @Test
    void anAlwaysValidTrialGivesUpAtTwiceTheHorizon() {
        // Given
        Trial trial = trial(Stopping.ALWAYS_VALID, 0);

        // Then
        assertThat(trial.horizon()).isEqualTo(2 * USERS);
        assertThat(trial.judge(CONTROL, new Tally(USERS, 720))).isInstanceOf(NotYet.class);
        assertThat(verdict(trial.judge(new Tally(2 * USERS, 1_420), new Tally(2 * USERS, 1_440))))
                .isEqualTo(Verdict.NO_DIFFERENCE);
    }

    @Test
    void anAlwaysValidTrialWaitsForSomeConversions() {
        // When
        Judgement judgement = trial(Stopping.ALWAYS_VALID, 0).judge(new Tally(100, 0), new Tally(100, 9));

        // Then
        assertThat(judgement)
                .isInstanceOfSatisfying(
                        NotYet.class,
                        notYet -> assertThat(notYet.estimate().orElseThrow().difference())
                                .isEqualTo(new Interval(-1, 0.09, 1)));
    }

    @Test
    void armsThatCannotBeMoreDifferentAreJudged() {
        assertThat(verdict(trial(Stopping.ALWAYS_VALID, 0).judge(new Tally(500, 500), new Tally(500, 0))))
                .isEqualTo(Verdict.STAY);
    }

    @Test
    void aBrokenSplitMakesATrialInvalidEvenWhenItLooksConclusive() {
        // When
        Judgement judgement = trial(Stopping.AT_HORIZON, 0).judge(new Tally(16_000, 800), new Tally(15_000, 1_200));

        // Then
        assertThat(judgement)
                .isInstanceOfSatisfying(
                        Invalid.class,
                        invalid -> assertThat(invalid.reason())
                                .startsWith(
                                        "The candidate got 15000 of 31000 users, which is 48.39 %, where 50.00 % was planned"));
    }

    @Test
    void aSmallCandidateIsNoBrokenSplitWhereOneWasPlanned() {
        // Given
        Trial trial = new Trial(Plan.usual(0.05, 0.15), Stopping.AT_HORIZON, SwitchRule.OFFERED, 0.1);

        // When
        Judgement judgement = trial.judge(new Tally(9 * USERS, 9 * 710), new Tally(USERS, 850));

        // Then
        assertThat(verdict(judgement)).isEqualTo(Verdict.SWITCH);
    }

    @Test
    void whatCannotBeATrialIsRefused() {
        assertThatThrownBy(() -> new SwitchRule(-0.1))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("minimalUplift: ");
        assertThatThrownBy(() -> new Trial(Plan.usual(0.05, 0.15), Stopping.AT_HORIZON, SwitchRule.OFFERED, 1))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("candidateShare: ");
        assertThatThrownBy(() -> new Tally(3, 4)).isInstanceOf(IllegalArgumentException.class);
    }
}
