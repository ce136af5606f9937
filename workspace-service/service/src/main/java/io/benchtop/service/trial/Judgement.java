package io.benchtop.service.trial;

import java.util.Optional;

/**
 * What may be said of a trial now. Only {@link NotYet} is asked again: the first other answer is the trial's last, and whoever asks keeps
 * it. To go on until another answer comes is what makes chance look like an effect.
 */
public sealed interface Judgement {

    /**
     * Too early. The estimate may be shown, but nothing may be concluded from it.
     *
     * @param users that the smaller arm has
     * @param horizon at so many users in the smaller arm the trial ends
     * @param estimate empty as long as an arm has no users
     */
    record NotYet(long users, long horizon, Optional<Estimate> estimate) implements Judgement {}

    /** The trial says nothing about its arms, for a reason that must be found first. */
    record Invalid(String reason) implements Judgement {}

    /**
     * The end.
     *
     * @param pValue of no difference at all: of the one test at the horizon, or always valid
     */
    record Conclusive(Verdict verdict, double pValue, Estimate estimate) implements Judgement {}
}
