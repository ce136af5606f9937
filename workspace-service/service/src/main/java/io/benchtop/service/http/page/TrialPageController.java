package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.abtest.AbTestDescriptions;
import io.benchtop.service.abtest.AbTests;
import io.benchtop.service.endpoint.EndpointName;
import io.benchtop.service.endpoint.Endpoints;
import io.benchtop.service.identity.Caller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import java.time.InstantSource;

/** One A/B test for people. It is begun from a notebook, with a plan. */
@Controller("/endpoints/{name}/trials/{number}")
@Produces(MediaType.TEXT_HTML)
final class TrialPageController {

    private final AbTests tests;
    private final Endpoints endpoints;
    private final Frames frames;
    private final InstantSource clock;

    TrialPageController(AbTests tests, Endpoints endpoints, Frames frames, InstantSource clock) {
        this.tests = requireNonNull(tests, "tests is null");
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.frames = requireNonNull(frames, "frames is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Get
    HttpResponse<String> show(HttpRequest<?> request, Caller caller, String name, int number) {
        EndpointName endpoint = EndpointName.existing(name);
        boolean mine = endpoints.isMine(caller, endpoints.get(caller, endpoint));
        return Answers.page(TrialPage.of(
                frames.of(request, Section.ENDPOINTS),
                AbTestDescriptions.of(endpoint, tests.get(caller, endpoint, number)),
                mine,
                clock.instant()));
    }

    @Post("/stop")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> stop(Caller caller, String name, int number) {
        EndpointName endpoint = EndpointName.existing(name);
        tests.stop(caller, endpoint, number);
        return Answers.done("/endpoints/" + endpoint + "/trials/" + number, Notice.Done.TRIAL_STOPPED);
    }
}
