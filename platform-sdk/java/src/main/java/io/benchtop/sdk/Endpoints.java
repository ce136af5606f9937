package io.benchtop.sdk;

import io.benchtop.api.endpoint.EndpointList;
import io.benchtop.sdk.rest.RestClient;
import io.benchtop.sdk.serving.EndpointName;
import io.benchtop.sdk.serving.Rollout;
import java.util.List;
import java.util.Optional;

/** What is served, as {@link BenchtopClient} shows it. */
final class Endpoints {

    private final RestClient rest;

    Endpoints(RestClient rest) {
        this.rest = rest;
    }

    Endpoint promote(ModelVersion version, String endpoint, Rollout rollout, Optional<String> hardware) {
        var asked = rollout.request(version.model(), version.version(), hardware);
        var path = EndpointName.path(endpoint) + ":promote";
        return new Endpoint(rest, rest.send("POST", path, asked, io.benchtop.api.endpoint.Endpoint.class));
    }

    List<Endpoint> all() {
        return rest.get(EndpointName.ALL, EndpointList.class).endpoints().stream()
                .map(told -> new Endpoint(rest, told))
                .toList();
    }

    Endpoint get(String name) {
        return new Endpoint(rest, rest.get(EndpointName.path(name), io.benchtop.api.endpoint.Endpoint.class));
    }
}
