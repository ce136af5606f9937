package io.benchtop.service.abtest;

import io.benchtop.service.trial.Tally;

/** What outcomes add to one side. A user whose conversion is told later adds a conversion and no user. */
public record Gain(long users, long conversions) {

    Tally to(Tally before) {
        return new Tally(before.users() + users, before.conversions() + conversions);
    }

    /** What outcomes add to both sides. */
    public record Both(Gain control, Gain candidate) {

        long users() {
            return control.users() + candidate.users();
        }

        long conversions() {
            return control.conversions() + candidate.conversions();
        }
    }
}
