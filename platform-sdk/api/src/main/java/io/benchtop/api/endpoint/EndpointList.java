package io.benchtop.api.endpoint;

import java.util.List;

/** Endpoints by name; the answer of {@code GET /api/v1/endpoints}. */
public record EndpointList(List<Endpoint> endpoints) {

    public EndpointList {
        endpoints = List.copyOf(endpoints);
    }
}
