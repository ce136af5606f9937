package io.benchtop.service.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is to happen to an endpoint next, from what is wanted, what is seen and what was measured. Pure: the same facts give the same
 * decision, so every replica and every restart decides alike.
 *
 * <p>A version gets its share only once it is ready; a candidate that cannot start is given up after {@code patience}. A canary goes to
 * its next step when the step is old enough and the candidate has answered enough requests in it, and is taken back at the first
 * guard that trips.
 */
final class RolloutDecision {

    /** What was measured of a version since an instant. */
    @FunctionalInterface
    interface Measures {

        Measure of(ServedVersion version, Instant since);
    }

    /**
     * @param next the endpoint after the decision
     * @param step what to tell people
     */
    record Decision(Endpoint next, Step step) {}

    private static final String SYSTEM = "system";

    private RolloutDecision() {}

    /** Empty if nothing is to be changed now. */
    static Optional<Decision> decide(
            Endpoint endpoint,
            Function<ServedVersion, ArmState> seen,
            Measures measures,
            Duration patience,
            Instant now) {
        return switch (endpoint.rollout()) {
            case Rollout.Stable _, Rollout.RolledBack _ -> Optional.empty();
            case Rollout.Switching switching -> decide(endpoint, switching, seen, patience, now);
            case Rollout.Canary canary
            when canary.step() == Rollout.Canary.WAITING ->
                begin(endpoint, canary, seen.apply(canary.candidate()), patience, now);
            case Rollout.Canary canary -> decide(endpoint, canary, seen.apply(canary.candidate()), measures, now);
        };
    }

    private static Optional<Decision> decide(
            Endpoint endpoint,
            Rollout.Switching switching,
            Function<ServedVersion, ArmState> seen,
            Duration patience,
            Instant now) {
        for (ServedVersion version : switching.target().shares().keySet()) {
            switch (seen.apply(version)) {
                case ArmState.Ready ready
                when isFew(ready, endpoint) && !isOver(switching.since(), patience, now) -> {
                    return Optional.empty();
                }
                case ArmState.Ready _, ArmState.Asleep _ -> {}
                case ArmState.Failed(String _, String message)
                when isOver(switching.since(), patience, now) -> {
                    return Optional.of(failed(endpoint, version, message, now));
                }
                case ArmState.Starting(String message)
                when isOver(switching.since(), patience, now) -> {
                    return Optional.of(failed(endpoint, version, message, now));
                }
                case ArmState.Starting _, ArmState.Failed _ -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Decision(
                endpoint.settled(switching.target(), now),
                step(now, "SERVING", describe(switching.target()) + " of the requests.")));
    }

    /** One server alone must not get what several are wanted for. */
    private static boolean isFew(ArmState.Ready ready, Endpoint endpoint) {
        return ready.servers().size() < endpoint.settings().scaling().least();
    }

    private static Decision failed(Endpoint endpoint, ServedVersion version, String message, Instant now) {
        String text = version + " did not start: " + message;
        return new Decision(endpoint.givenUp(version, "NOT_STARTED", text, now), step(now, "ROLLED_BACK", text));
    }

    private static Optional<Decision> begin(
            Endpoint endpoint, Rollout.Canary canary, ArmState candidate, Duration patience, Instant now) {
        return switch (candidate) {
            case ArmState.Ready ready
            when isFew(ready, endpoint) && !isOver(canary.since(), patience, now) -> Optional.empty();
            case ArmState.Ready _, ArmState.Asleep _ -> Optional.of(stepTo(endpoint, canary, 0, now));
            case ArmState.Starting(String message)
            when isOver(canary.since(), patience, now) ->
                Optional.of(failed(endpoint, canary.candidate(), message, now));
            case ArmState.Failed(String _, String message)
            when isOver(canary.since(), patience, now) ->
                Optional.of(failed(endpoint, canary.candidate(), message, now));
            case ArmState.Starting _, ArmState.Failed _ -> Optional.empty();
        };
    }

    private static Optional<Decision> decide(
            Endpoint endpoint, Rollout.Canary canary, ArmState candidate, Measures measures, Instant now) {
        if (candidate instanceof ArmState.Failed(String _, String message)) {
            return Optional.of(
                    takeBack(endpoint, canary, new Tripped("CRASHED", canary.candidate() + " ended: " + message), now));
        }
        Measure tried = measures.of(canary.candidate(), canary.since());
        Measure control = measures.of(canary.control(), canary.since());
        Optional<Tripped> tripped = GuardCheck.check(canary.plan().guards(), tried, control);
        if (tripped.isPresent()) {
            return Optional.of(takeBack(endpoint, canary, tripped.get(), now));
        }
        boolean isDue = isOver(canary.since(), canary.plan().every(), now)
                && tried.requests() >= canary.plan().minRequests();
        if (!isDue) {
            return Optional.empty();
        }
        if (!canary.plan().isLast(canary.step())) {
            return Optional.of(stepTo(endpoint, canary, canary.step() + 1, now));
        }
        if (canary.plan().holds()) {
            return Optional.empty();
        }
        Endpoint passed = endpoint.passed(canary, now);
        return Optional.of(new Decision(
                passed,
                step(
                        now,
                        "SERVING",
                        canary.candidate() + " passed every step and gets " + share(passed, canary.candidate())
                                + " requests.")));
    }

    private static Decision stepTo(Endpoint endpoint, Rollout.Canary canary, int step, Instant now) {
        Endpoint stepped = endpoint.stepped(canary, step, now);
        return new Decision(
                stepped,
                step(now, "STEP", canary.candidate() + " gets " + share(stepped, canary.candidate()) + " requests."));
    }

    /** Of a split, a canary takes only what its control has. */
    private static String share(Endpoint endpoint, ServedVersion version) {
        Traffic traffic = endpoint.traffic();
        int weight = traffic == null ? 0 : traffic.weight(version);
        return weight == BucketRange.ALL ? "all" : percent(weight) + " of the";
    }

    private static Decision takeBack(Endpoint endpoint, Rollout.Canary canary, Tripped tripped, Instant now) {
        return new Decision(
                endpoint.takenBack(canary, tripped.code(), tripped.message(), now),
                step(now, "ROLLED_BACK", tripped.message()));
    }

    private static boolean isOver(Instant since, Duration length, Instant now) {
        return !now.isBefore(since.plus(length));
    }

    private static Step step(Instant now, String code, String message) {
        return new Step(now, SYSTEM, code, message);
    }

    static String describe(Traffic traffic) {
        StringBuilder text = new StringBuilder();
        traffic.shares()
                .keySet()
                .forEach(version -> text.append(text.isEmpty() ? "" : ", ")
                        .append(version)
                        .append(' ')
                        .append(percent(traffic.weight(version))));
        return text.toString();
    }

    private static String percent(int buckets) {
        return buckets % 100 == 0 ? buckets / 100 + " %" : String.format(Locale.ROOT, "%.2f %%", buckets / 100.0);
    }
}
