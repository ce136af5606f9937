package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.Transactions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What proxies tell of the requests that they passed on. */
public final class Calls {

    private final EndpointRepository endpoints;
    private final CallCounts counts;
    private final Observations observations;
    private final EndpointNews news;
    private final Transactions transactions;
    private final Runnable wake;
    private final InstantSource clock;

    Calls(
            EndpointRepository endpoints,
            CallCounts counts,
            Observations observations,
            EndpointNews news,
            Transactions transactions,
            Runnable wake,
            InstantSource clock) {
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.counts = requireNonNull(counts, "counts is null");
        this.observations = requireNonNull(observations, "observations is null");
        this.news = requireNonNull(news, "news is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.wake = requireNonNull(wake, "wake is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** What one version of an endpoint did, by the names that proxies know. */
    public record Told(String endpoint, String version, Measure measure) {}

    /** How often a client asked an endpoint, by the name that proxies know. */
    public record ToldClient(String endpoint, ClientCalls calls) {}

    /**
     * Counts, and tells everybody whose quota that used up. What is gone meanwhile is not counted.
     *
     * @param report names the post; one that comes again counts nothing
     */
    public void count(String report, List<Told> told, List<ToldClient> clients) {
        Instant now = clock.instant();
        LocalDate day = CallCounts.day(now);
        Map<String, Endpoint> there = new HashMap<>();
        Stream.concat(told.stream().map(Told::endpoint), clients.stream().map(ToldClient::endpoint))
                .distinct()
                .forEach(name ->
                        endpoints.find(EndpointName.existing(name)).ifPresent(endpoint -> there.put(name, endpoint)));
        List<CallCounts.Counted> counted = told.stream()
                .filter(each -> there.containsKey(each.endpoint()))
                .flatMap(each -> counted(each, requireNonNull(there.get(each.endpoint()))).stream())
                .toList();
        List<CallCounts.CountedClient> asking = clients.stream()
                .filter(each -> there.containsKey(each.endpoint()))
                .map(each -> new CallCounts.CountedClient(
                        requireNonNull(there.get(each.endpoint())).id(), each.calls()))
                .toList();
        transactions.run(() -> {
            // Behind their locks: else a quota that is changed meanwhile is used up without anybody being told.
            Map<Endpoint, Set<String>> before = new HashMap<>();
            endpoints
                    .lock(there.values().stream().map(Endpoint::id).toList())
                    .forEach(endpoint -> before.put(endpoint, counts.spent(endpoint, day)));
            counts.count(report, now, counted, asking);
            before.forEach((endpoint, spent) -> {
                if (!spent.equals(counts.spent(endpoint, day))) {
                    news.tell(endpoint.id());
                }
            });
        });
    }

    private static Optional<CallCounts.Counted> counted(Told told, Endpoint endpoint) {
        return endpoint.wanted().stream()
                .filter(version -> version.version().equals(told.version()))
                .findFirst()
                .map(version -> new CallCounts.Counted(endpoint.id(), version, told.measure()));
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
            counts.asked(endpoint.id(), clock.instant());
            wake.run();
        });
    }
}
