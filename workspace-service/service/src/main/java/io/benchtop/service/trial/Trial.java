package io.benchtop.service.trial;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.trial.Judgement.Conclusive;
import io.benchtop.service.trial.Judgement.Invalid;
import io.benchtop.service.trial.Judgement.NotYet;
import java.util.Optional;

/**
 * An A/B test as it was agreed on before it started. "Switch when p is below 0.05", watched on a dashboard, finds a difference between
 * two equal arms in a third of the trials; this one finds one in at most {@link Plan#alpha()} of them, because it either looks once or
 * uses a test that allows for looking ({@link Stopping}).
 *
 * @param candidateShare of all users in the trial, such as 0.5; a horizon counts the users of the smaller arm
 */
public record Trial(Plan plan, Stopping stopping, SwitchRule rule, double candidateShare) {

    /**
     * Of the horizon: by then the always valid test has found the planned effect at least as often as a power of 80 % or more asks for
     * (simulated: 88 % for 80 %, 99 % for 95 %).
     */
    private static final int PATIENCE = 2;

    public Trial {
        requireNonNull(plan, "plan is null");
        requireNonNull(stopping, "stopping is null");
        requireNonNull(rule, "rule is null");
        new SampleRatio(candidateShare);
    }

    /** So many users of the smaller arm end the trial. */
    public long horizon() {
        return switch (stopping) {
            case AT_HORIZON -> plan.horizon();
            case ALWAYS_VALID -> PATIENCE * plan.horizon();
        };
    }

    /** What may be said now; see {@link Judgement} about who asks again. */
    public Judgement judge(Tally control, Tally candidate) {
        Optional<String> mismatch = new SampleRatio(candidateShare).mismatch(control, candidate);
        if (mismatch.isPresent()) {
            return new Invalid(mismatch.get());
        }
        long users = Math.min(control.users(), candidate.users());
        if (users == 0) {
            return new NotYet(0, horizon(), Optional.empty());
        }
        Estimate estimate = estimate(control, candidate);
        double pValue = switch (stopping) {
            // Before the horizon the test is not even made: nobody can be tempted by what it would say.
            case AT_HORIZON -> users < horizon() ? 1 : FixedTest.pValue(control, candidate);
            case ALWAYS_VALID -> new SequentialTest(plan).pValue(control, candidate);
        };
        if (pValue <= plan.alpha()) {
            return new Conclusive(rule.verdict(control, candidate), pValue, estimate);
        }
        return users < horizon()
                ? new NotYet(users, horizon(), Optional.of(estimate))
                : new Conclusive(Verdict.NO_DIFFERENCE, pValue, estimate);
    }

    private Estimate estimate(Tally control, Tally candidate) {
        return switch (stopping) {
            case AT_HORIZON -> FixedTest.estimate(control, candidate, plan.alpha());
            case ALWAYS_VALID -> new SequentialTest(plan).estimate(control, candidate);
        };
    }
}
