package io.benchtop.service.http.api;

import io.benchtop.api.endpoint.ClientUsage;
import io.benchtop.api.endpoint.Endpoint;
import io.benchtop.api.endpoint.EndpointList;
import io.benchtop.api.endpoint.EndpointSettings;
import io.benchtop.api.endpoint.EndpointTokenRequest;
import io.benchtop.api.endpoint.PromoteRequest;
import io.benchtop.api.endpoint.RollbackRequest;
import io.micronaut.serde.annotation.SerdeImport;

/** Lets Serde read and write the wire's records, which carry no annotation of any framework. */
@SerdeImport(ClientUsage.class)
@SerdeImport(ClientUsage.Day.class)
@SerdeImport(Endpoint.class)
@SerdeImport(Endpoint.Arm.class)
@SerdeImport(Endpoint.Event.class)
@SerdeImport(Endpoint.Rollout.class)
@SerdeImport(Endpoint.Shadow.class)
@SerdeImport(EndpointList.class)
@SerdeImport(EndpointSettings.class)
@SerdeImport(EndpointSettings.Limits.class)
@SerdeImport(EndpointSettings.Scaling.class)
@SerdeImport(EndpointSettings.Sticky.class)
@SerdeImport(EndpointTokenRequest.class)
@SerdeImport(PromoteRequest.class)
@SerdeImport(PromoteRequest.Guards.class)
@SerdeImport(PromoteRequest.Strategy.class)
@SerdeImport(RollbackRequest.class)
final class EndpointWire {

    private EndpointWire() {}
}
