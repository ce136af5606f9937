package io.benchtop.api.routing;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the calls of one endpoint since the last report.
 *
 * @param name the endpoint
 * @param arms the versions that answered
 * @param clients who called
 * @param sinceMillis when counting for this report began, in milliseconds of the epoch
 */
public record EndpointUsage(String name, List<OfArm> arms, List<OfClient> clients, long sinceMillis) {

    public EndpointUsage {
        requireNonNull(name, "name is null");
        arms = arms == null ? List.of() : List.copyOf(arms);
        clients = clients == null ? List.of() : List.copyOf(clients);
    }

    /**
     * The body of {@code POST /internal/endpoints:usage}. All counts are since the last report; one that could not be
     * delivered is sent again with the same id, and must not be counted twice.
     *
     * @param id names this report among all of all proxies
     * @param proxy names the process that counted
     */
    public record Report(String id, String proxy, List<EndpointUsage> endpoints) {

        public Report {
            requireNonNull(id, "id is null");
            requireNonNull(proxy, "proxy is null");
            endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
        }
    }

    /**
     * @param failures how many of the requests ended with a status of 500 or more, or with no whole answer
     */
    public record OfArm(String version, long requests, long failures, Latency latency) {

        public OfArm {
            requireNonNull(version, "version is null");
            requireNonNull(latency, "latency is null");
        }
    }

    /**
     * How long answers took.
     *
     * @param boundsMillis upper bounds; a time is counted at the first bound that it does not exceed
     * @param counts one count for each bound, and a last one for what took longer
     */
    public record Latency(List<Double> boundsMillis, List<Long> counts) {

        /**
         * By what a proxy counts and the service judges, as a guard is as fine as the coarser of the two. The service keeps counts by
         * their place in this list, so another list needs what is kept converted.
         */
        public static final List<Double> BOUNDS_MILLIS = List.of(
                0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.5, 10.0, 15.0, 20.0, 30.0, 50.0, 75.0, 100.0, 150.0, 200.0, 300.0,
                500.0, 750.0, 1000.0, 2000.0, 5000.0, 10000.0, 30000.0, 60000.0);

        public Latency {
            boundsMillis = List.copyOf(boundsMillis);
            counts = List.copyOf(counts);
            if (counts.size() != boundsMillis.size() + 1) {
                throw new IllegalArgumentException("a latency has one count more than bounds, not " + counts.size()
                        + " for " + boundsMillis.size());
            }
        }
    }

    /**
     * @param requests how many were let in
     * @param refused how many were refused for a limit
     * @param failures how many of those let in ended with a status of 500 or more, or with no whole answer; null from a
     *     proxy of before that does not count them
     */
    public record OfClient(
            String client,
            long requests,
            long refused,
            @Nullable Long failures) {

        public OfClient {
            requireNonNull(client, "client is null");
        }
    }
}
