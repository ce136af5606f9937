package io.benchtop.service.trial;

/** When a trial may end. */
public enum Stopping {
    /** Once, when both arms have the planned users: the fewest users for the planned effect. */
    AT_HORIZON,
    /**
     * At any look, as soon as the difference is shown, at the latest at twice the planned users. Large effects end it early; for the
     * planned effect it needs more users than {@link #AT_HORIZON}, and with twice as many finds it no less often, for any plan with
     * a power of 80 % or more.
     */
    ALWAYS_VALID
}
