package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.endpoint.ClientUsage;
import io.benchtop.api.endpoint.Endpoint;
import io.benchtop.api.endpoint.EndpointList;
import io.benchtop.api.endpoint.EndpointSettings;
import io.benchtop.api.endpoint.EndpointTokenRequest;
import io.benchtop.api.endpoint.PromoteRequest;
import io.benchtop.api.endpoint.RollbackRequest;
import io.benchtop.api.identity.CreatedToken;
import io.benchtop.service.endpoint.EndpointDescriptions;
import io.benchtop.service.endpoint.EndpointName;
import io.benchtop.service.endpoint.Endpoints;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Credential;
import io.benchtop.service.identity.Tokens;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Model versions in production. What changes is wanted when the answer comes, and done soon after. */
@Controller("/api/v1/endpoints")
final class EndpointController {

    private static final int STEPS_OF_ONE = 50;
    private static final int MOST_DAYS = 400;
    private static final Duration USUAL_LIFE = Duration.ofDays(30);

    private final Endpoints endpoints;
    private final EndpointDescriptions descriptions;
    private final Tokens tokens;

    EndpointController(Endpoints endpoints, EndpointDescriptions descriptions, Tokens tokens) {
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.descriptions = requireNonNull(descriptions, "descriptions is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
    }

    @Get
    EndpointList list(Caller caller) {
        return new EndpointList(endpoints.list(caller).stream()
                .map(endpoint -> descriptions.of(endpoint, 0))
                .toList());
    }

    @Get("/{name}")
    Endpoint get(Caller caller, String name) {
        return descriptions.of(endpoints.get(caller, EndpointName.existing(name)), STEPS_OF_ONE);
    }

    @Post("/{name}:promote")
    HttpResponse<Endpoint> promote(Caller caller, String name, @Body PromoteRequest request) {
        EndpointSettings settings = request.settings();
        if (settings != null
                && settings.callers() != null
                && caller.credential() instanceof Credential.WorkspaceServer) {
            throw ProblemException.of(
                    ErrorCode.FORBIDDEN,
                    "The token inside a workspace does not say who may call an endpoint. Leave out settings.callers here, and set"
                            + " it on the endpoint's page or with `benchtop endpoints`.");
        }
        return accepted(endpoints.promote(
                caller,
                new EndpointName(name),
                Required.field("model", request.model()),
                Required.field("version", request.version()),
                EndpointReading.strategy(request.strategy()),
                settings == null ? before -> before : EndpointReading.settings(settings)));
    }

    @Post("/{name}:rollback")
    HttpResponse<Endpoint> rollBack(Caller caller, String name, @Body @Nullable RollbackRequest request) {
        String reason = request == null || request.reason() == null ? "" : request.reason();
        return accepted(endpoints.rollBack(caller, EndpointName.existing(name), reason));
    }

    @Patch("/{name}")
    HttpResponse<Endpoint> configure(Caller caller, String name, @Body EndpointSettings settings) {
        return accepted(endpoints.configure(caller, EndpointName.existing(name), EndpointReading.settings(settings)));
    }

    @Delete("/{name}/shadow")
    HttpResponse<Endpoint> endShadow(Caller caller, String name) {
        return accepted(endpoints.endShadow(caller, EndpointName.existing(name)));
    }

    @Delete("/{name}")
    HttpResponse<?> remove(Caller caller, String name) {
        endpoints.remove(caller, EndpointName.existing(name));
        return HttpResponse.accepted();
    }

    /** For a program that calls the endpoint; revoked like the caller's other tokens. */
    @Post("/{name}/tokens")
    HttpResponse<CreatedToken> token(Caller caller, String name, @Body EndpointTokenRequest request) {
        EndpointName of =
                endpoints.changeable(caller, EndpointName.existing(name)).name();
        Tokens.Created created = tokens.createForEndpoint(
                caller,
                Required.field("client", request.client()),
                request.expiresIn() == null ? USUAL_LIFE : Durations.parse("expiresIn", request.expiresIn()),
                of.value());
        return HttpResponse.created(new CreatedToken(
                created.token().id(),
                created.token().name(),
                created.text(),
                created.token().expiresAt().toString()));
    }

    /** Who asks it how often, for whoever may change it. */
    @Get("/{name}/usage")
    ClientUsage usage(Caller caller, String name, @QueryValue(defaultValue = "30") int days) {
        io.benchtop.service.endpoint.Endpoint endpoint = endpoints.changeable(caller, EndpointName.existing(name));
        if (days < 1 || days > MOST_DAYS) {
            throw ProblemException.invalidField("days", "must be from 1 to " + MOST_DAYS);
        }
        return new ClientUsage(
                endpoints.today().minusDays(days - 1L).toString(),
                endpoints.clients(endpoint, days).stream()
                        .map(each -> new ClientUsage.Day(
                                each.calls().client(),
                                each.day().toString(),
                                each.calls().requests(),
                                each.calls().refused(),
                                each.calls().failures()))
                        .toList());
    }

    private HttpResponse<Endpoint> accepted(io.benchtop.service.endpoint.Endpoint endpoint) {
        return HttpResponse.accepted().body(descriptions.of(endpoint, STEPS_OF_ONE));
    }
}
