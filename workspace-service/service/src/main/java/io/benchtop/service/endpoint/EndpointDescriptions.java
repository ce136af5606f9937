package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.endpoint.Endpoint.Arm;
import io.benchtop.api.endpoint.Endpoint.Event;
import io.benchtop.api.endpoint.Endpoint.Rollout;
import io.benchtop.api.endpoint.Endpoint.Shadow;
import io.benchtop.api.endpoint.EndpointSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Endpoints in the words of the wire. */
public final class EndpointDescriptions {

    /** What arms did is told of so long. */
    public static final Duration WINDOW = Duration.ofMinutes(10);

    /** A proxy speaks every few seconds; one that was silent for so long is gone. */
    private static final Duration PROXY_GONE = Duration.ofSeconds(15);

    private final EndpointRepository endpoints;
    private final CallCounts counts;
    private final Observations observations;
    private final InstantSource clock;

    public EndpointDescriptions(
            EndpointRepository endpoints, CallCounts counts, Observations observations, InstantSource clock) {
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.counts = requireNonNull(counts, "counts is null");
        this.observations = requireNonNull(observations, "observations is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** @param steps how much of its history is told */
    public io.benchtop.api.endpoint.Endpoint of(Endpoint endpoint, int steps) {
        ShadowTraffic shadow = endpoint.shadow();
        return new io.benchtop.api.endpoint.Endpoint(
                endpoint.name().value(),
                endpoint.owner().value(),
                endpoint.wanted().stream().map(ServedVersion::model).findFirst().orElse(""),
                endpoint.name().path(),
                List.copyOf(endpoint.settings().callers()),
                arms(endpoint),
                shadow == null ? null : new Shadow(shadow.version().version(), shadow.percent()),
                rollout(endpoint.rollout()),
                observations.areAt(
                        endpoint.id(), endpoint.generation(), clock.instant().minus(PROXY_GONE)),
                settings(endpoint.settings()),
                endpoints.steps(endpoint.id(), steps).stream()
                        .map(step -> new Event(step.at().toString(), step.actor(), step.code(), step.message()))
                        .toList(),
                endpoint.createdAt().toString(),
                endpoint.changedAt().toString());
    }

    private List<Arm> arms(Endpoint endpoint) {
        Map<ServedVersion, ArmState> seen = endpoints.seen(endpoint.id());
        return endpoint.wanted().stream()
                .map(version -> arm(
                        endpoint, version, seen.getOrDefault(version, new ArmState.Starting("It is being started."))))
                .sorted(Comparator.comparingDouble(Arm::percent).reversed())
                .toList();
    }

    private Arm arm(Endpoint endpoint, ServedVersion version, ArmState state) {
        Measure measure = counts.measure(endpoint.id(), version, clock.instant().minus(WINDOW));
        Traffic traffic = endpoint.traffic();
        return new Arm(
                version.version(),
                traffic == null ? 0 : traffic.weight(version) / 100.0,
                switch (state) {
                    case ArmState.Starting _ -> "STARTING";
                    case ArmState.Ready _ -> "READY";
                    case ArmState.Asleep _ -> "ASLEEP";
                    case ArmState.Failed _ -> "FAILED";
                },
                switch (state) {
                    case ArmState.Starting(String message) -> message;
                    case ArmState.Ready ready -> ready.trouble();
                    case ArmState.Asleep _ -> "Nobody has asked for a while. It is started by the next request.";
                    case ArmState.Failed(String _, String message) -> message;
                },
                Math.max(1, endpoint.settings().scaling().min()),
                state instanceof ArmState.Ready ready ? ready.servers().size() : 0,
                measure.requests(),
                measure.failureRate(),
                millis(measure.quantileMillis(0.5)),
                millis(measure.quantileMillis(0.99)));
    }

    /** What is beyond all bounds is told as the last bound. */
    private static @Nullable Double millis(OptionalDouble quantile) {
        return quantile.isEmpty() ? null : (Double) Math.min(quantile.getAsDouble(), Measure.BOUNDS_MILLIS.getLast());
    }

    private static Rollout rollout(io.benchtop.service.endpoint.Rollout rollout) {
        String since = rollout.since().toString();
        return switch (rollout) {
            case io.benchtop.service.endpoint.Rollout.Stable _ ->
                new Rollout("STABLE", null, null, null, List.of(), null, "Nothing is on its way.", since);
            case io.benchtop.service.endpoint.Rollout.Switching(Traffic target, Instant _) ->
                new Rollout(
                        "SWITCHING",
                        target.shares().keySet().iterator().next().version(),
                        null,
                        null,
                        List.of(),
                        null,
                        "When all are ready: " + RolloutDecision.describe(target) + " of the requests.",
                        since);
            case io.benchtop.service.endpoint.Rollout.Canary canary ->
                new Rollout(
                        "PROGRESSING",
                        canary.candidate().version(),
                        canary.control().version(),
                        canary.step() + 1,
                        canary.plan().steps(),
                        null,
                        progress(canary),
                        since);
            case io.benchtop.service.endpoint.Rollout.RolledBack(
                    ServedVersion candidate,
                    String code,
                    String message,
                    Instant _) ->
                new Rollout("ROLLED_BACK", candidate.version(), null, null, List.of(), code, message, since);
        };
    }

    private static String progress(io.benchtop.service.endpoint.Rollout.Canary canary) {
        if (canary.step() == io.benchtop.service.endpoint.Rollout.Canary.WAITING) {
            return canary.candidate() + " gets its first requests when it is ready.";
        }
        String now = canary.candidate() + " gets " + canary.plan().steps().get(canary.step()) + " % of the requests";
        if (canary.plan().isLast(canary.step()) && canary.plan().holds()) {
            return now + " until somebody promotes it or rolls it back.";
        }
        return now + ", for " + canary.plan().every().toSeconds() + " s and "
                + canary.plan().minRequests() + " requests at least.";
    }

    private static EndpointSettings settings(Endpoint.Settings settings) {
        return new EndpointSettings(
                List.copyOf(settings.callers()),
                new EndpointSettings.Sticky(
                        settings.sticky().header(), settings.sticky().cookie()),
                new EndpointSettings.Limits(
                        settings.limits().requestsPerSecond(),
                        settings.limits().burst(),
                        settings.limits().clientInFlight(),
                        settings.limits().inFlight(),
                        settings.limits().maxBodyBytes(),
                        settings.limits().requestsPerDay()),
                new EndpointSettings.Scaling(
                        settings.scaling().min(), settings.scaling().max(), (int)
                                settings.scaling().idleAfter().toSeconds()),
                settings.hardware());
    }
}
