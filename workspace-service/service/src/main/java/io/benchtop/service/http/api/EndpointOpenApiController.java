package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.model.ModelSignature;
import io.benchtop.service.endpoint.Endpoint;
import io.benchtop.service.endpoint.EndpointName;
import io.benchtop.service.endpoint.Endpoints;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.http.HttpConfig;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.model.ModelName;
import io.benchtop.service.model.Models;
import io.benchtop.service.model.SemanticVersion;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.Optional;

/** How an endpoint is called, for programs that make clients, tests and forms of it. */
@Controller("/api/v1/endpoints/{name}")
final class EndpointOpenApiController {

    private final Endpoints endpoints;
    private final Models models;
    private final SampleRequests samples;
    private final HttpConfig config;

    EndpointOpenApiController(Endpoints endpoints, Models models, SampleRequests samples, HttpConfig config) {
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.models = requireNonNull(models, "models is null");
        this.samples = requireNonNull(samples, "samples is null");
        this.config = requireNonNull(config, "config is null");
    }

    /** For whoever may call it. The example is told to those who may read the model. */
    @Get(value = "/openapi.json", produces = MediaType.APPLICATION_JSON)
    String describe(Caller caller, String name) {
        Endpoint endpoint = endpoints.get(caller, EndpointName.existing(name));
        Optional<ServedVersion> served = Optional.ofNullable(endpoint.main())
                .or(() -> endpoint.wanted().stream().findFirst());
        Optional<ModelSignature> signature = served.flatMap(
                version -> models.signature(new ModelName(version.model()), SemanticVersion.parse(version.version())));
        String example = samples.of(caller, endpoint);
        return EndpointOpenApi.of(
                endpoint.name().value(),
                config.publicUrl(),
                served.map(ServedVersion::version).orElse("0.0.0"),
                signature.orElse(null),
                example.equals(SampleRequest.NONE) ? null : example);
    }
}
