package io.benchtop.service.http.api;

import io.benchtop.api.endpoint.EndpointSettings;
import io.benchtop.api.endpoint.PromoteRequest;
import io.benchtop.service.endpoint.CallLimits;
import io.benchtop.service.endpoint.CanaryPlan;
import io.benchtop.service.endpoint.Endpoint;
import io.benchtop.service.endpoint.Endpoints.Strategy;
import io.benchtop.service.endpoint.Guards;
import io.benchtop.service.endpoint.Scaling;
import io.benchtop.service.endpoint.Sticky;
import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a request wants of an endpoint. A field that the chosen strategy does not know is refused, never ignored. */
final class EndpointReading {

    private static final List<Integer> USUAL_STEPS = List.of(5, 20, 50);
    private static final int USUAL_SECONDS = 300;
    private static final int USUAL_REQUESTS = 20;

    private EndpointReading() {}

    static Strategy strategy(PromoteRequest.@Nullable Strategy wanted) {
        if (wanted == null) {
            return new Strategy.AllAtOnce();
        }
        String kind = Required.field("strategy.kind", wanted.kind());
        return switch (kind) {
            case "ALL_AT_ONCE" -> {
                requireNone(kind, canaryFields(wanted), wanted.weights(), wanted.percent());
                yield new Strategy.AllAtOnce();
            }
            case "CANARY" -> {
                requireNone(kind, false, wanted.weights(), wanted.percent());
                yield new Strategy.Canary(new CanaryPlan(
                        or(wanted.steps(), USUAL_STEPS),
                        Duration.ofSeconds(or(wanted.everySeconds(), USUAL_SECONDS)),
                        or(wanted.minRequests(), USUAL_REQUESTS),
                        or(wanted.hold(), false),
                        guards(wanted.guards())));
            }
            case "SPLIT" -> {
                requireNone(kind, canaryFields(wanted), null, wanted.percent());
                yield new Strategy.Split(Required.field("strategy.weights", wanted.weights()));
            }
            case "SHADOW" -> {
                requireNone(kind, canaryFields(wanted), wanted.weights(), null);
                yield new Strategy.Shadow(or(wanted.percent(), 100));
            }
            default ->
                throw ProblemException.invalidField(
                        "strategy.kind", "must be ALL_AT_ONCE, CANARY, SPLIT or SHADOW, not \"" + kind + "\"");
        };
    }

    private static boolean canaryFields(PromoteRequest.Strategy wanted) {
        return wanted.steps() != null
                || wanted.everySeconds() != null
                || wanted.minRequests() != null
                || wanted.hold() != null
                || wanted.guards() != null;
    }

    private static void requireNone(String kind, boolean canary, @Nullable Object weights, @Nullable Object percent) {
        String field = canary
                ? "steps, everySeconds, minRequests, hold and guards are for CANARY"
                : weights != null ? "weights are for SPLIT" : percent != null ? "percent is for SHADOW" : null;
        if (field != null) {
            throw ProblemException.invalidField("strategy", "has fields that " + kind + " does not know: " + field);
        }
    }

    private static Guards guards(PromoteRequest.@Nullable Guards wanted) {
        return wanted == null
                ? Guards.NONE
                : new Guards(
                        wanted.maxErrorRate(),
                        wanted.maxP99Millis(),
                        wanted.maxNanRate(),
                        wanted.maxPredictionDifference());
    }

    /** What the request says, over what is there. */
    static UnaryOperator<Endpoint.Settings> settings(EndpointSettings wanted) {
        return before -> new Endpoint.Settings(
                wanted.callers() == null ? before.callers() : Set.copyOf(wanted.callers()),
                sticky(wanted.sticky(), before.sticky()),
                limits(wanted.limits(), before.limits()),
                scaling(wanted.scaling(), before.scaling()),
                or(wanted.hardware(), before.hardware()));
    }

    static Sticky sticky(EndpointSettings.@Nullable Sticky wanted, Sticky before) {
        return wanted == null ? before : new Sticky(wanted.header(), or(wanted.cookie(), false));
    }

    private static CallLimits limits(EndpointSettings.@Nullable Limits wanted, CallLimits before) {
        return wanted == null
                ? before
                : new CallLimits(
                        or(wanted.requestsPerSecond(), before.requestsPerSecond()),
                        or(wanted.burst(), before.burst()),
                        or(wanted.clientInFlight(), before.clientInFlight()),
                        or(wanted.inFlight(), before.inFlight()),
                        or(wanted.maxBodyBytes(), before.maxBodyBytes()),
                        or(wanted.requestsPerDay(), before.requestsPerDay()));
    }

    private static Scaling scaling(EndpointSettings.@Nullable Scaling wanted, Scaling before) {
        return wanted == null
                ? before
                : new Scaling(
                        or(wanted.min(), before.min()),
                        or(wanted.max(), Math.max(before.max(), or(wanted.min(), before.min()))),
                        wanted.idleAfterSeconds() == null
                                ? before.idleAfter()
                                : Duration.ofSeconds(wanted.idleAfterSeconds()));
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
