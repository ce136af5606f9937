package io.benchtop.service.abtest;

import io.benchtop.api.endpoint.Trial;
import io.benchtop.service.endpoint.EndpointName;
import io.benchtop.service.trial.Estimate;
import io.benchtop.service.trial.Interval;
import io.benchtop.service.trial.Judgement;
import io.benchtop.service.trial.Plan;
import io.benchtop.service.trial.Tally;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A/B tests in the words of the wire. Estimates are always told; what may be concluded from them is in the message alone. */
public final class AbTestDescriptions {

    private AbTestDescriptions() {}

    public static Trial of(EndpointName endpoint, AbTest test) {
        Judgement judgement = test.trial().judge(test.ofControl(), test.ofCandidate());
        Optional<Estimate> estimate = estimate(judgement);
        double share = test.trial().candidateShare();
        return new Trial(
                endpoint.value(),
                test.number(),
                test.metric(),
                test.stage().name(),
                message(test),
                side(test.control().version(), 1 - share, test.ofControl()),
                side(test.candidate().version(), share, test.ofCandidate()),
                plan(test),
                new Trial.Progress(
                        test.users(),
                        Math.min(1, (double) test.users() / test.trial().horizon())),
                estimate.map(Estimate::difference)
                        .map(AbTestDescriptions::range)
                        .orElse(null),
                estimate.flatMap(Estimate::uplift)
                        .map(AbTestDescriptions::range)
                        .orElse(null),
                test.isOpen() ? null : pValue(judgement),
                test.startedBy().value(),
                test.startedAt().toString(),
                test.since().toString());
    }

    private static String message(AbTest test) {
        return switch (test.stage()) {
            case WAITING -> Sentences.waiting(test);
            case RUNNING -> Sentences.running(test);
            case BETTER, SWITCHED, NOT_BETTER, NO_DIFFERENCE, INVALID, STOPPED -> test.message();
        };
    }

    private static Trial.Plan plan(AbTest test) {
        Plan plan = test.trial().plan();
        return new Trial.Plan(
                plan.baseline(),
                plan.minimalEffect(),
                plan.alpha(),
                plan.power(),
                test.trial().stopping().name(),
                test.trial().horizon(),
                test.switches() ? test.trial().rule().minimalUplift() : null);
    }

    private static Trial.Side side(String version, double share, Tally tally) {
        return new Trial.Side(
                version,
                Math.round(share * 10_000) / 100.0,
                tally.users(),
                tally.conversions(),
                tally.users() == 0 ? null : tally.rate());
    }

    private static Optional<Estimate> estimate(Judgement judgement) {
        return switch (judgement) {
            case Judgement.NotYet notYet -> notYet.estimate();
            case Judgement.Conclusive conclusive -> Optional.of(conclusive.estimate());
            case Judgement.Invalid _ -> Optional.empty();
        };
    }

    private static @Nullable Double pValue(Judgement judgement) {
        return judgement instanceof Judgement.Conclusive conclusive ? conclusive.pValue() : null;
    }

    private static Trial.Range range(Interval interval) {
        return new Trial.Range(
                interval.low(), interval.value(), Double.isFinite(interval.high()) ? interval.high() : null);
    }
}
