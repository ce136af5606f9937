package io.benchtop.service.abtest;

import io.benchtop.service.trial.Estimate;
import io.benchtop.service.trial.Interval;
import io.benchtop.service.trial.Stopping;
import io.benchtop.service.trial.Tally;
import java.util.Locale;

/** What an A/B test comes to, in words. */
final class Sentences {

    private Sentences() {}

    static String waiting(AbTest test) {
        return "Begins as soon as " + test.candidate().version() + " is ready.";
    }

    static String running(AbTest test) {
        String far = "Not conclusive yet: " + count(test.users()) + " of "
                + count(test.trial().horizon()) + " users of the smaller side are counted. ";
        return far
                + (test.trial().stopping() == Stopping.AT_HORIZON
                        ? "It is decided once, when all are."
                        : "It ends as soon as a difference is shown, at the latest when all are.");
    }

    static String invalid(AbTest test, String reason) {
        return reason + (test.switches() ? " Nothing was switched." : "");
    }

    static String end(AbTest test, Stage stage, Estimate estimate) {
        String candidate = test.candidate().version();
        String control = test.control().version();
        String rates = " (" + rate(test.ofControl()) + " → " + rate(test.ofCandidate()) + uplift(test, estimate) + ")";
        return switch (stage) {
            case BETTER ->
                candidate + " is better than " + control + rates + "."
                        + (test.switches() ? " It is to get all requests." : " Promote it to give it all requests.");
            case NOT_BETTER ->
                test.ofCandidate().rate() > test.ofControl().rate()
                        ? candidate + " is better than " + control + rates + ", but not by more than the "
                                + percent(test.trial().rule().minimalUplift())
                                + " that were asked for. Requests stay split until somebody promotes one of them."
                        : candidate + " is worse than " + control + rates
                                + ". Requests stay split until somebody promotes one of them.";
            case NO_DIFFERENCE ->
                "No difference between " + candidate + " and " + control + " was shown" + rates
                        + "; an effect of " + percent(test.trial().plan().minimalEffect())
                        + " would most likely have been. Requests stay split until somebody promotes one of them.";
            case WAITING, RUNNING, SWITCHED, INVALID, STOPPED ->
                throw new IllegalArgumentException("not an end with an estimate: " + stage);
        };
    }

    static String switched(AbTest test) {
        return test.message().replace(" It is to get all requests.", " It gets all requests.");
    }

    static String splitChanged() {
        return "Somebody changed the split of the endpoint or what keeps its users with one version, so its users cannot be compared"
                + " any more. Begin a new trial.";
    }

    static String switchedTooLate(AbTest test) {
        return test.message().replace(" It is to get all requests.", "")
                + " It was not given all requests, because somebody changed the split before.";
    }

    static String notReady(String why) {
        return "It could not begin: " + why;
    }

    static String stopped(String by) {
        return "Stopped by " + by
                + " before anything could be said. Requests stay split until somebody promotes a version.";
    }

    private static String uplift(AbTest test, Estimate estimate) {
        return estimate.uplift()
                .map(uplift -> ", uplift " + signed(uplift.value()) + ", " + between(uplift) + " with "
                        + percent(1 - test.trial().plan().alpha()) + " confidence")
                .orElse("");
    }

    private static String between(Interval interval) {
        return "between " + signed(interval.low()) + " and " + signed(interval.high());
    }

    private static String rate(Tally tally) {
        return percent(tally.rate());
    }

    private static String signed(double value) {
        return Double.isInfinite(value) ? "any number" : (value > 0 ? "+" : "") + percent(value);
    }

    /** Such as "5 %", "5.75 %", "0.042 %". */
    private static String percent(double value) {
        double hundredths = value * 100;
        String text = String.format(Locale.ROOT, Math.abs(hundredths) < 0.1 ? "%.3f" : "%.2f", hundredths);
        return text.replaceFirst("\\.?0+$", "").replaceFirst("^-?$|^-0$", "0").replace('-', '−') + " %";
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
