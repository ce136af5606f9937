package io.benchtop.proxy.admin;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;

/**
 * What the data plane counts. Labels come from small closed sets, never from a request, so the number of series does
 * not depend on what is sent. Children are resolved once: counting on the hot path is one addition.
 */
public final class ProxyMetrics {

    private static final String[] CLASSES = {"1xx", "2xx", "3xx", "4xx", "5xx"};

    private final CollectorRegistry registry = new CollectorRegistry();
    private final Counter.Child[] serverRequests = new Counter.Child[CLASSES.length];
    private final Counter.Child[] serviceRequests = new Counter.Child[CLASSES.length];
    private final Counter.Child[] modelRequests = new Counter.Child[CLASSES.length];
    private final Counter.Child[] ownAnswers = new Counter.Child[CLASSES.length];
    private final Counter refusals;

    public final Histogram.Child serverSeconds;
    public final Histogram.Child serviceSeconds;
    public final Histogram.Child modelSeconds;
    public final Counter.Child bytesToClients;
    public final Counter.Child bytesToUpstreams;
    public final Gauge clientConnections;
    public final Gauge tunnels;
    public final Counter upstreamConnects;
    public final Counter upstreamConnectFailures;
    public final Counter retries;
    public final Counter brokenAnswers;
    public final Counter verifications;
    public final Counter accessLinesLost;

    public ProxyMetrics() {
        Counter requests = counter("requests", "Requests answered, by where the answer came from.")
                .labelNames("from", "status")
                .register(registry);
        for (int i = 0; i < CLASSES.length; i++) {
            serverRequests[i] = requests.labels("server", CLASSES[i]);
            serviceRequests[i] = requests.labels("service", CLASSES[i]);
            modelRequests[i] = requests.labels("model", CLASSES[i]);
            ownAnswers[i] = requests.labels("proxy", CLASSES[i]);
        }
        refusals = counter("refusals", "Requests refused by the proxy itself, by the code of the refusal.")
                .labelNames("code")
                .register(registry);
        Histogram seconds = Histogram.build(
                        "benchtop_proxy_request_seconds", "Time until a request was fully answered.")
                .labelNames("from")
                .buckets(0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60)
                .register(registry);
        serverSeconds = seconds.labels("server");
        serviceSeconds = seconds.labels("service");
        modelSeconds = seconds.labels("model");
        Counter bytes = counter("bytes", "Bytes relayed, heads included.")
                .labelNames("to")
                .register(registry);
        bytesToClients = bytes.labels("client");
        bytesToUpstreams = bytes.labels("upstream");
        clientConnections = Gauge.build("benchtop_proxy_client_connections", "Open connections from clients.")
                .register(registry);
        tunnels = Gauge.build("benchtop_proxy_tunnels", "Open WebSockets.").register(registry);
        upstreamConnects =
                counter("upstream_connects", "Connections opened upstream.").register(registry);
        upstreamConnectFailures = counter("upstream_connect_failures", "Connections upstream that failed.")
                .register(registry);
        retries = counter("retries", "Requests sent again because a kept connection had just died.")
                .register(registry);
        brokenAnswers = counter("broken_answers", "Answers cut short because the upstream broke off.")
                .register(registry);
        verifications = counter("signature_verifications", "Session signatures checked, not served from the cache.")
                .register(registry);
        accessLinesLost = counter("access_lines_lost", "Access log lines dropped because the writer was behind.")
                .register(registry);
    }

    private static Counter.Builder counter(String name, String help) {
        return Counter.build("benchtop_proxy_" + name, help);
    }

    public CollectorRegistry registry() {
        return registry;
    }

    /** Counts one answer of a user's server. */
    public void server(int status) {
        count(serverRequests, status);
    }

    /** Counts one answer of workspace-service. */
    public void service(int status) {
        count(serviceRequests, status);
    }

    /** Counts one call of an endpoint. */
    public void model(int status) {
        count(modelRequests, status);
    }

    /** Counts one answer of the proxy itself, and for what it refused, if it did. */
    public void own(int status, String code) {
        count(ownAnswers, status);
        if (status >= 400) {
            refusals.labels(code).inc();
        }
    }

    private static void count(Counter.Child[] children, int status) {
        int index = status / 100 - 1;
        if (index >= 0 && index < CLASSES.length) {
            children[index].inc();
        }
    }
}
