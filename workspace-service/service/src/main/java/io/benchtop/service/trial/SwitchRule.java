package io.benchtop.service.trial;

import io.benchtop.service.problem.ProblemException;

/**
 * Switch to the candidate if its uplift is shown to be one <em>and</em> its estimate is above a bound. At a true uplift just as large as
 * the bound this is a coin toss; plan for the smallest effect that is worth a switch, and set the bound below.
 *
 * @param minimalUplift relative: 0.15 for 15 % more conversions than the control's; 0 for any
 */
public record SwitchRule(double minimalUplift) {

    /** What is offered: more than 15 %. */
    public static final SwitchRule OFFERED = new SwitchRule(0.15);

    public SwitchRule {
        // Written so that NaN does not pass.
        if (!(minimalUplift >= 0 && Double.isFinite(minimalUplift))) {
            throw ProblemException.invalidField("minimalUplift", "must be 0 or more, such as 0.15 for 15 %");
        }
    }

    Verdict verdict(Tally control, Tally candidate) {
        return candidate.rate() > control.rate() * (1 + minimalUplift) ? Verdict.SWITCH : Verdict.STAY;
    }
}
