package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.endpoint.EndpointDescriptions;
import io.benchtop.service.endpoint.Endpoints;
import io.benchtop.service.identity.Caller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

/** The endpoints for people; programs ask the REST interface. */
@Controller("/endpoints")
@Produces(MediaType.TEXT_HTML)
final class EndpointsController {

    private final Endpoints endpoints;
    private final EndpointDescriptions descriptions;
    private final Frames frames;

    EndpointsController(Endpoints endpoints, EndpointDescriptions descriptions, Frames frames) {
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.descriptions = requireNonNull(descriptions, "descriptions is null");
        this.frames = requireNonNull(frames, "frames is null");
    }

    @Get
    HttpResponse<String> list(HttpRequest<?> request, Caller caller) {
        return Answers.page(new EndpointsPage(
                frames.of(request, Section.ENDPOINTS),
                endpoints.list(caller).stream()
                        .map(endpoint -> EndpointsPage.Row.of(descriptions.of(endpoint, 0)))
                        .toList()));
    }
}
