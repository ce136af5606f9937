package io.benchtop.service.trial;

/** What a trial comes to. */
public enum Verdict {
    /** The candidate is better, and by more than was asked for. */
    SWITCH,
    /** The candidate is worse, or better by too little. */
    STAY,
    /** Nothing was shown; an effect as large as the planned one would most likely have been. */
    NO_DIFFERENCE
}
