package io.benchtop.proxy.serving;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;

/**
 * What is counted of endpoints. Their names and versions come from the route table, never from a request, and their series
 * go when they go.
 */
public final class ServingMetrics {

    private static final String[] CLASSES = {"1xx", "2xx", "3xx", "4xx", "5xx"};
    private static final String[] SHADOW_OUTCOMES = {"sent", "failed", "dropped"};

    private final Counter requests;
    private final Histogram seconds;
    private final Counter refused;
    private final Counter retries;
    private final Counter shadow;
    private final Gauge inFlight;
    private final Gauge waiting;

    public ServingMetrics(CollectorRegistry registry) {
        requests = Counter.build("benchtop_proxy_inference_requests", "Calls of endpoints that ended, by version.")
                .labelNames("endpoint", "version", "status")
                .register(registry);
        seconds = Histogram.build("benchtop_proxy_inference_seconds", "Time until a call of an endpoint had ended.")
                .labelNames("endpoint", "version")
                .buckets(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
                .register(registry);
        refused = Counter.build("benchtop_proxy_inference_refused", "Calls of endpoints that were over a limit.")
                .labelNames("endpoint")
                .register(registry);
        retries = Counter.build("benchtop_proxy_inference_retries", "Calls sent to another model-server.")
                .labelNames("endpoint")
                .register(registry);
        shadow = Counter.build("benchtop_proxy_inference_shadow", "Copies of calls for the shadow, by outcome.")
                .labelNames("endpoint", "outcome")
                .register(registry);
        inFlight = Gauge.build("benchtop_proxy_inference_in_flight", "Calls of endpoints in progress.")
                .labelNames("endpoint")
                .register(registry);
        waiting = Gauge.build("benchtop_proxy_inference_waiting", "Calls that wait for a model to start.")
                .labelNames("endpoint")
                .register(registry);
    }

    OfEndpoint endpoint(String name) {
        return new OfEndpoint(name);
    }

    /** The series of one endpoint. */
    final class OfEndpoint {

        private final String name;
        private final Counter.Child refusedHere;
        private final Counter.Child retriesHere;
        private final Gauge.Child inFlightHere;
        private final Gauge.Child waitingHere;

        private OfEndpoint(String name) {
            this.name = name;
            this.refusedHere = refused.labels(name);
            this.retriesHere = retries.labels(name);
            this.inFlightHere = inFlight.labels(name);
            this.waitingHere = waiting.labels(name);
        }

        void refused() {
            refusedHere.inc();
        }

        void retried() {
            retriesHere.inc();
        }

        void inFlight(int change) {
            inFlightHere.inc(change);
        }

        void waiting(int change) {
            waitingHere.inc(change);
        }

        void shadow(String outcome) {
            shadow.labels(name, outcome).inc();
        }

        OfArm arm(String version) {
            return new OfArm(name, version);
        }

        void remove() {
            refused.remove(name);
            retries.remove(name);
            inFlight.remove(name);
            waiting.remove(name);
            for (String outcome : SHADOW_OUTCOMES) {
                shadow.remove(name, outcome);
            }
        }

        void remove(String version) {
            seconds.remove(name, version);
            for (String status : CLASSES) {
                requests.remove(name, version, status);
            }
        }
    }

    /** The series of one version; resolved once, so that counting is an addition. */
    final class OfArm {

        private final Counter.Child[] statuses = new Counter.Child[CLASSES.length];
        private final Histogram.Child time;

        private OfArm(String name, String version) {
            for (int i = 0; i < CLASSES.length; i++) {
                statuses[i] = requests.labels(name, version, CLASSES[i]);
            }
            time = seconds.labels(name, version);
        }

        void ended(int status, long nanos) {
            int index = status / 100 - 1;
            if (index >= 0 && index < CLASSES.length) {
                statuses[index].inc();
            }
            time.observe(nanos / 1e9);
        }
    }
}
