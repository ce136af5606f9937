package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.endpoint.Outcomes;
import io.benchtop.api.endpoint.Trial;
import io.benchtop.api.endpoint.TrialList;
import io.benchtop.api.endpoint.TrialRequest;
import io.benchtop.service.abtest.AbTestDescriptions;
import io.benchtop.service.abtest.AbTests;
import io.benchtop.service.endpoint.EndpointName;
import io.benchtop.service.identity.Caller;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.SerdeImport;

/** A/B tests on endpoints. Outcomes are also taken from whoever has a token of the endpoint. */
@Controller("/api/v1/endpoints/{name}")
@SerdeImport(Outcomes.class)
@SerdeImport(Outcomes.Outcome.class)
@SerdeImport(Outcomes.Counted.class)
@SerdeImport(Trial.class)
@SerdeImport(Trial.Plan.class)
@SerdeImport(Trial.Progress.class)
@SerdeImport(Trial.Range.class)
@SerdeImport(Trial.Side.class)
@SerdeImport(TrialList.class)
@SerdeImport(TrialRequest.class)
final class TrialController {

    private final AbTests tests;

    TrialController(AbTests tests) {
        this.tests = requireNonNull(tests, "tests is null");
    }

    @Get("/trials")
    TrialList list(Caller caller, String name) {
        EndpointName endpoint = EndpointName.existing(name);
        return new TrialList(tests.list(caller, endpoint).stream()
                .map(test -> AbTestDescriptions.of(endpoint, test))
                .toList());
    }

    @Post("/trials")
    HttpResponse<Trial> begin(Caller caller, String name, @Body TrialRequest request) {
        EndpointName endpoint = EndpointName.existing(name);
        return HttpResponse.created(
                AbTestDescriptions.of(endpoint, tests.begin(caller, endpoint, TrialReading.proposal(request))));
    }

    @Get("/trials/{number}")
    Trial get(Caller caller, String name, int number) {
        EndpointName endpoint = EndpointName.existing(name);
        return AbTestDescriptions.of(endpoint, tests.get(caller, endpoint, number));
    }

    @Post("/trials/{number}:stop")
    Trial stop(Caller caller, String name, int number) {
        EndpointName endpoint = EndpointName.existing(name);
        return AbTestDescriptions.of(endpoint, tests.stop(caller, endpoint, number));
    }

    /** May be sent again: who was counted is not counted again. */
    @Post("/outcomes")
    Outcomes.Counted report(Caller caller, String name, @Body Outcomes outcomes) {
        AbTests.Report report = tests.report(caller, EndpointName.existing(name), TrialReading.outcomes(outcomes));
        return new Outcomes.Counted(
                report.test().number(), report.test().stage().name(), report.users(), report.conversions());
    }
}
