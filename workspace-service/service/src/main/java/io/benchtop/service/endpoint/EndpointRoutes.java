package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.routing.EndpointRoute;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints as the proxy is told them. Everything is read from what is kept, so every replica tells the same. Until its first version
 * is ready, an endpoint's requests go to that version all the same: the proxy holds them as long as it may.
 */
public final class EndpointRoutes {

    private final EndpointRepository endpoints;
    private final CallCounts counts;
    private final ServingKeys keys;
    private final InstantSource clock;

    public EndpointRoutes(EndpointRepository endpoints, CallCounts counts, ServingKeys keys, InstantSource clock) {
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.counts = requireNonNull(counts, "counts is null");
        this.keys = requireNonNull(keys, "keys is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    public List<EndpointRoute> all() {
        return endpoints.list().stream()
                .flatMap(endpoint -> route(endpoint).stream())
                .toList();
    }

    /** Empty if there is no such endpoint, or it has nothing to serve. */
    public Optional<EndpointRoute> find(String id) {
        return EndpointId.find(id).flatMap(endpoints::find).flatMap(this::route);
    }

    private Optional<EndpointRoute> route(Endpoint endpoint) {
        return shown(endpoint).map(traffic -> route(endpoint, traffic, seen(endpoint)));
    }

    /** Of what never served and was given up nothing is seen any more; nobody should wait for it. */
    private Map<ServedVersion, ArmState> seen(Endpoint endpoint) {
        return endpoint.traffic() == null
                        && endpoint.rollout()
                                instanceof
                                Rollout.RolledBack(ServedVersion candidate, String code, String message, Instant _)
                ? Map.of(candidate, new ArmState.Failed(code, message))
                : endpoints.seen(endpoint.id());
    }

    private static Optional<Traffic> shown(Endpoint endpoint) {
        if (endpoint.traffic() != null) {
            return Optional.of(endpoint.traffic());
        }
        return switch (endpoint.rollout()) {
            case Rollout.Switching(Traffic target, Instant _) -> Optional.of(target);
            case Rollout.RolledBack(ServedVersion candidate, String _, String _, Instant _) ->
                Optional.of(Traffic.all(candidate));
            case Rollout.Stable _, Rollout.Canary _ -> Optional.empty();
        };
    }

    private EndpointRoute route(Endpoint endpoint, Traffic traffic, Map<ServedVersion, ArmState> seen) {
        List<EndpointRoute.Arm> arms = new ArrayList<>();
        traffic.shares().forEach((version, ranges) -> arms.add(arm(endpoint, version, ranges, seen)));
        endpoint.wanted().stream()
                .filter(version -> !traffic.shares().containsKey(version))
                .forEach(version -> arms.add(arm(endpoint, version, List.of(), seen)));
        ShadowTraffic shadow = endpoint.shadow();
        CallLimits limits = endpoint.settings().limits();
        return new EndpointRoute(
                endpoint.name().value(),
                endpoint.id().value(),
                endpoint.owner().value(),
                List.copyOf(endpoint.settings().callers()),
                endpoint.id().value(),
                new EndpointRoute.Sticky(
                        endpoint.settings().sticky().header(),
                        endpoint.settings().sticky().cookie(),
                        endpoint.settings().sticky().cookie() ? keys.cookie(endpoint.id()) : null,
                        endpoint.settings().sticky().equals(Sticky.NONE)),
                arms,
                shadow == null
                        ? null
                        : new EndpointRoute.Shadow(shadow.version().version(), shadow.percent() / 100.0),
                new EndpointRoute.Limits(
                        limits.requestsPerSecond(),
                        limits.burst(),
                        limits.clientInFlight(),
                        limits.inFlight(),
                        limits.maxBodyBytes()),
                spent(endpoint),
                endpoint.generation());
    }

    private EndpointRoute.@Nullable Spent spent(Endpoint endpoint) {
        LocalDate today = CallCounts.day(clock.instant());
        Set<String> clients = counts.spent(endpoint, today);
        return clients.isEmpty() ? null : new EndpointRoute.Spent(today.toEpochDay(), List.copyOf(clients));
    }

    private EndpointRoute.Arm arm(
            Endpoint endpoint, ServedVersion version, List<BucketRange> ranges, Map<ServedVersion, ArmState> seen) {
        ArmState state = seen.getOrDefault(version, new ArmState.Starting("It is being started."));
        return new EndpointRoute.Arm(
                version.version(),
                version.model(),
                ranges.stream()
                        .map(range -> new EndpointRoute.Range(range.from(), range.to()))
                        .toList(),
                switch (state) {
                    case ArmState.Ready _ -> EndpointRoute.ArmState.READY;
                    case ArmState.Starting _ -> EndpointRoute.ArmState.STARTING;
                    case ArmState.Asleep _ -> EndpointRoute.ArmState.ASLEEP;
                    case ArmState.Failed _ -> EndpointRoute.ArmState.FAILED;
                },
                state instanceof ArmState.Ready(List<ArmState.Server> servers, String _)
                        ? targets(new ArmId(endpoint.id(), version), servers)
                        : List.of());
    }

    private List<EndpointRoute.Target> targets(ArmId arm, List<ArmState.Server> servers) {
        String key = keys.serving(arm);
        return servers.stream()
                .map(server -> new EndpointRoute.Target(server.http().toString(), server.grpc(), key))
                .toList();
    }
}
