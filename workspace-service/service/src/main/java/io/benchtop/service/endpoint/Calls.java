package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What proxies tell of the requests that they passed on. */
public final class Calls {

    private final EndpointRepository endpoints;
    private final Observations observations;
    private final Runnable wake;
    private final InstantSource clock;

    Calls(EndpointRepository endpoints, Observations observations, Runnable wake, InstantSource clock) {
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.observations = requireNonNull(observations, "observations is null");
        this.wake = requireNonNull(wake, "wake is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** What one version of an endpoint did, by the names that proxies know. */
    public record Told(String endpoint, String version, Measure measure) {}

    /** How often a client asked an endpoint, by the name that proxies know. */
    public record ToldClient(String endpoint, ClientCalls calls) {}

    /** @param report names the post; one that comes again counts nothing */
    public void count(String report, List<Told> told, List<ToldClient> clients) {
        List<EndpointRepository.Counted> counted =
                told.stream().flatMap(each -> counted(each).stream()).toList();
        List<EndpointRepository.CountedClient> asking = clients.stream()
                .flatMap(each -> endpoints.find(EndpointName.existing(each.endpoint())).stream()
                        .map(endpoint -> new EndpointRepository.CountedClient(endpoint.id(), each.calls())))
                .toList();
        endpoints.count(report, clock.instant(), counted, asking);
    }

    /** What is gone meanwhile is not counted. */
    private List<EndpointRepository.Counted> counted(Told told) {
        return endpoints.find(EndpointName.existing(told.endpoint())).stream()
                .flatMap(endpoint -> endpoint.wanted().stream()
                        .filter(version -> version.version().equals(told.version()))
                        .limit(1)
                        .map(version -> new EndpointRepository.Counted(endpoint.id(), version, told.measure())))
                .toList();
    }

    /**
     * A proxy says by what it goes.
     *
     * @param generations by the endpoint's id
     */
    public void observe(String proxy, Map<String, Long> generations) {
        observations.observe(proxy, clock.instant(), generations);
    }

    /** A request waits at a proxy for a version that sleeps. */
    public void wake(EndpointName name) {
        endpoints.find(name).ifPresent(endpoint -> {
            endpoints.asked(endpoint.id(), clock.instant());
            wake.run();
        });
    }
}
