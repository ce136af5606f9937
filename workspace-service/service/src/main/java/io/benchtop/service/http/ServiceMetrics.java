package io.benchtop.service.http;

import io.benchtop.service.problem.ErrorCode;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import jakarta.inject.Singleton;
import java.util.Set;

/** What Prometheus is told about requests. No label comes from outside, so their number is bounded. */
@Singleton
final class ServiceMetrics {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Counter requests;
    private final Counter denials;

    ServiceMetrics(CollectorRegistry registry) {
        this.requests = Counter.build("workspace_service_requests_total", "Requests answered, by method and status.")
                .labelNames("method", "status")
                .register(registry);
        this.denials = Counter.build("workspace_denials_total", "Requests refused for who asked, by code.")
                .labelNames("code")
                .register(registry);
    }

    void answered(String method, int status) {
        requests.labels(METHODS.contains(method) ? method : "OTHER", status / 100 + "xx")
                .inc();
    }

    void denied(ErrorCode code) {
        denials.labels(code.code()).inc();
    }
}
