package io.benchtop.service.http.page;

import io.benchtop.api.endpoint.Trial;
import io.benchtop.service.http.page.TrialPage.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A/B tests in words of people. */
final class TrialWords {

    private TrialWords() {}

    static Condition verdict(Trial told) {
        return switch (told.phase()) {
            case "WAITING" -> new Condition("pending", "Waiting", told.message());
            case "RUNNING" -> new Condition("pending", "Running", told.message());
            case "BETTER" -> new Condition("running", "The candidate is better", told.message());
            case "SWITCHED" -> new Condition("running", "Switched to the candidate", told.message());
            case "NOT_BETTER" -> new Condition("stopped", "The control stays", told.message());
            case "NO_DIFFERENCE" -> new Condition("stopped", "No difference shown", told.message());
            case "INVALID" -> new Condition("failed", "Not valid", told.message());
            default -> new Condition("stopped", "Stopped", told.message());
        };
    }

    /** "49.8 % of the users met the candidate, 50 % were planned". */
    static String ratio(Trial told) {
        long users = told.control().users() + told.candidate().users();
        String planned = EndpointWords.percent(told.candidate().percent());
        return users == 0
                ? planned + " of the users are to meet the candidate"
                : EndpointWords.percent(100.0 * told.candidate().users() / users) + " of the users met the candidate, "
                        + planned + " were planned";
    }

    static List<Fact> facts(Trial.Plan plan) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Rate of the control, as expected", percent(plan.baseline())));
        facts.add(new Fact("Smallest effect worth finding", signed(plan.minimalEffect())));
        facts.add(new Fact("Found where there is none, at most", percent(plan.alpha()) + " of the time"));
        facts.add(new Fact("Found where there is one, at least", percent(plan.power()) + " of the time"));
        facts.add(new Fact(
                "Decided",
                plan.stopping().equals("AT_HORIZON")
                        ? "once, when all users are counted"
                        : "as soon as a difference is shown"));
        Double above = plan.switchAbove();
        facts.add(new Fact(
                "Gives the candidate all requests",
                above == null ? "never by itself" : "if it is shown to be better, by more than " + percent(above)));
        return facts;
    }

    /** "5.98 %": the rates of two versions that are compared are near each other. */
    static String rate(@Nullable Double rate) {
        return rate == null ? "" : String.format(Locale.ROOT, "%.2f %%", rate * 100);
    }

    static String signed(double value) {
        return value < 0 ? "−" + percent(-value) : "+" + percent(value);
    }

    private static String percent(double value) {
        return EndpointWords.percent(value * 100);
    }
}
