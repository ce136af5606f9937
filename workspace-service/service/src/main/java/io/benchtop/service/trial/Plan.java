package io.benchtop.service.trial;

import io.benchtop.service.problem.ProblemException;

/**
 * How large an effect a trial is to find, and how surely: said before it starts, because it says when the trial ends.
 *
 * @param baseline the control's rate as far as is known, such as 0.05
 * @param minimalEffect the smallest relative effect worth finding: 0.15 is from 5 % to 5.75 %
 * @param alpha how often a difference may be found where there is none
 * @param power how often the minimal effect is to be found
 */
public record Plan(double baseline, double minimalEffect, double alpha, double power) {

    public static final double USUAL_ALPHA = 0.05;
    public static final double USUAL_POWER = 0.8;

    private static final long LONGEST = 100_000_000;

    /** Each bound is written so that NaN does not pass. */
    public Plan {
        if (!(baseline > 0 && baseline < 1)) {
            throw ProblemException.invalidField(
                    "baseline", "must be more than 0 and less than 1, such as 0.05 for 5 %");
        }
        if (!(minimalEffect > 0)) {
            throw ProblemException.invalidField("minimalEffect", "must be more than 0, such as 0.15 for 15 % more");
        }
        if (!(baseline * (1 + minimalEffect) < 1)) {
            throw ProblemException.invalidField(
                    "minimalEffect", "would raise the baseline of " + baseline + " to 1 or more; choose a smaller one");
        }
        if (!(alpha >= 0.001 && alpha <= 0.2)) {
            throw ProblemException.invalidField("alpha", "must be from 0.001 to 0.2; 0.05 is usual");
        }
        if (!(power >= 0.5 && power <= 0.99)) {
            throw ProblemException.invalidField("power", "must be from 0.5 to 0.99; 0.8 is usual");
        }
        if (users(baseline, minimalEffect, alpha, power) > LONGEST) {
            throw ProblemException.invalidField(
                    "minimalEffect", "needs more than " + LONGEST + " users per arm; choose a larger one");
        }
    }

    public static Plan usual(double baseline, double minimalEffect) {
        return new Plan(baseline, minimalEffect, USUAL_ALPHA, USUAL_POWER);
    }

    /** So many users each arm needs. */
    public long horizon() {
        return (long) Math.ceil(users(baseline, minimalEffect, alpha, power));
    }

    /** Two-sided test of two proportions, whose variance is pooled where there is no effect (Fleiss, without continuity correction). */
    private static double users(double baseline, double minimalEffect, double alpha, double power) {
        double raised = baseline * (1 + minimalEffect);
        double pooled = (baseline + raised) / 2;
        double atNone = Normal.upperQuantile(alpha / 2) * Math.sqrt(2 * pooled * (1 - pooled));
        double atEffect =
                Normal.upperQuantile(1 - power) * Math.sqrt(baseline * (1 - baseline) + raised * (1 - raised));
        return Math.pow((atNone + atEffect) / (raised - baseline), 2);
    }
}
