package io.benchtop.service.trial;

/** What would be counted if both arms had the same rate. */
final class Expected {

    private Expected() {}

    static double rate(Tally control, Tally candidate) {
        return (double) (control.conversions() + candidate.conversions()) / (control.users() + candidate.users());
    }

    /** The smallest of the four counts: with and without conversion, of either arm. */
    static double fewest(Tally control, Tally candidate) {
        double rate = rate(control, candidate);
        return Math.min(rate, 1 - rate) * Math.min(control.users(), candidate.users());
    }
}
