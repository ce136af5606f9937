package io.benchtop.service.trial;

import io.benchtop.service.problem.ProblemException;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.statistics.inference.ChiSquareTest;

/**
 * Whether the arms got the users that they were to get (chi-square). If not, some users are missing from one arm for a reason that has to do
 * with the arm, such as a crash, and the arms cannot be compared, however good the numbers look.
 *
 * @param candidateShare of all users in the trial, such as 0.5
 */
record SampleRatio(double candidateShare) {

    /**
     * Strict, because the guard is asked at every look: with 70 looks it takes 12 of 1000 sound trials for broken ones (simulated), and a
     * split that is really broken is soon far below.
     */
    private static final double SUSPICIOUS = 0.001;

    /** With fewer expected users chi-square is too coarse. */
    private static final double FEWEST = 10;

    SampleRatio {
        if (!(candidateShare >= 0.01 && candidateShare <= 0.99)) {
            throw ProblemException.invalidField(
                    "candidateShare", "must be from 0.01 to 0.99, such as 0.5 for one half");
        }
    }

    Optional<String> mismatch(Tally control, Tally candidate) {
        long users = control.users() + candidate.users();
        double[] expected = {users * (1 - candidateShare), users * candidateShare};
        if (Math.min(expected[0], expected[1]) < FEWEST || pValue(expected, control, candidate) >= SUSPICIOUS) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "The candidate got %d of %d users, which is %.2f %%, where %.2f %% was planned: chance alone hardly ever does that."
                        + " Find out why users are missing from an arm, then start a new trial.",
                candidate.users(),
                users,
                100.0 * candidate.users() / users,
                100 * candidateShare));
    }

    private static double pValue(double[] expected, Tally control, Tally candidate) {
        return ChiSquareTest.withDefaults()
                .test(expected, new long[] {control.users(), candidate.users()})
                .getPValue();
    }
}
