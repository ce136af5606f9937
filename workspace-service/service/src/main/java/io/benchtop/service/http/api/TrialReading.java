package io.benchtop.service.http.api;

import io.benchtop.api.endpoint.Outcomes;
import io.benchtop.api.endpoint.TrialRequest;
import io.benchtop.api.routing.EndpointRoute;
import io.benchtop.service.abtest.Outcome;
import io.benchtop.service.abtest.Proposal;
import io.benchtop.service.endpoint.Sticky;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.trial.Plan;
import io.benchtop.service.trial.Stopping;
import io.benchtop.service.trial.SwitchRule;
import io.benchtop.service.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request wants of an A/B test. */
final class TrialReading {

    private static final double HALF = 50;

    private TrialReading() {}

    static Proposal proposal(TrialRequest wanted) {
        String candidate = Required.field("candidate", wanted.candidate());
        Plan plan = new Plan(
                Required.field("baseline", wanted.baseline()),
                Required.field("minimalEffect", wanted.minimalEffect()),
                or(wanted.alpha(), Plan.USUAL_ALPHA),
                or(wanted.power(), Plan.USUAL_POWER));
        Double above = wanted.switchAbove();
        return new Proposal(
                wanted.control(),
                candidate,
                wanted.sticky() == null ? null : EndpointReading.sticky(wanted.sticky(), Sticky.NONE),
                or(wanted.metric(), "conversion"),
                new Trial(
                        plan,
                        stopping(or(wanted.stopping(), Stopping.AT_HORIZON.name())),
                        above == null ? new SwitchRule(0) : switchAbove(above),
                        share(or(wanted.candidatePercent(), HALF))),
                above != null);
    }

    private static SwitchRule switchAbove(double uplift) {
        if (!(uplift >= 0 && Double.isFinite(uplift))) {
            throw ProblemException.invalidField("switchAbove", "must be 0 or more, such as 0.15 for an uplift of 15 %");
        }
        return new SwitchRule(uplift);
    }

    private static Stopping stopping(String text) {
        return switch (text) {
            case "AT_HORIZON" -> Stopping.AT_HORIZON;
            case "ALWAYS_VALID" -> Stopping.ALWAYS_VALID;
            default ->
                throw ProblemException.invalidField(
                        "stopping", "must be AT_HORIZON or ALWAYS_VALID, not \"" + text + "\"");
        };
    }

    /** In whole buckets, which is what requests are split by. */
    private static double share(double percent) {
        if (!(percent >= 1 && percent <= 99)) {
            throw ProblemException.invalidField("candidatePercent", "must be from 1 to 99, such as 50 for one half");
        }
        return (double) Math.round(percent / 100 * EndpointRoute.BUCKETS) / EndpointRoute.BUCKETS;
    }

    static List<Outcome> outcomes(Outcomes told) {
        List<Outcomes.Outcome> wire = Required.field("outcomes", told.outcomes());
        List<Outcome> outcomes = new ArrayList<>();
        for (Outcomes.Outcome each : wire) {
            String field = "outcomes[" + outcomes.size() + "]";
            Outcomes.Outcome there = Required.field(field, each);
            outcomes.add(new Outcome(
                    Required.field(field + ".key", there.key()),
                    Required.field(field + ".converted", there.converted()),
                    there.version()));
        }
        return outcomes;
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
