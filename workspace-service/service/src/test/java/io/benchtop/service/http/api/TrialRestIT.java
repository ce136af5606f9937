package io.benchtop.service.http.api;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.api.routing.EndpointRoute;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.endpoint.FakeModelServers;
import io.benchtop.service.endpoint.ModelServers;
import io.benchtop.service.endpoint.Servable;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.identity.Role;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A/B tests over REST, from a plan to a switch that the service makes by itself. The registry knows every version of "risk". */
class TrialRestIT {

    private static final String ENDPOINTS = "/api/v1/endpoints/";
    private static final String PLAN =
            "\"candidate\":\"0.0.2\",\"sticky\":{\"header\":\"X-User-Id\"},\"baseline\":0.5,\"minimalEffect\":0.8";

    @TempDir
    static Path data;

    private static TestingService service;
    private static TestingClient alice;
    private static TestingClient bob;
    private static FakeModelServers servers;

    @Factory
    @Requires(property = "testing.trials")
    static class Ports {

        @Singleton
        @Replaces(ModelServers.class)
        FakeModelServers servers() {
            return new FakeModelServers();
        }

        @Singleton
        @Replaces(Servable.class)
        Servable registry() {
            return (caller, model, version) -> new ServedVersion(model, version);
        }
    }

    @BeforeAll
    static void start() {
        service = TestingService.start(data, Map.of("testing.trials", true));
        alice = service.program("alice", Role.DEVELOPER);
        bob = service.program("bob", Role.DEVELOPER);
        servers = service.bean(FakeModelServers.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String awaitAnswer(String path, String word) {
        return await().atMost(60, SECONDS)
                .until(
                        () -> {
                            servers.answer();
                            return alice.get(ENDPOINTS + path).body();
                        },
                        body -> body.contains(word));
    }

    private static void serve(String name) {
        alice.post(ENDPOINTS + name + ":promote", "{\"model\":\"risk\",\"version\":\"0.0.1\"}");
        awaitAnswer(name, "\"phase\":\"STABLE\"");
    }

    private static void begin(String name, String more) {
        serve(name);
        HttpResponse<String> begun = alice.post(ENDPOINTS + name + "/trials", "{" + PLAN + more + "}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        assertThat(begun.body()).contains("\"phase\":\"WAITING\"", "\"number\":1");
        awaitAnswer(name + "/trials/1", "\"phase\":\"RUNNING\"");
    }

    private static String outcomes(int from, int to, String converted) {
        return "{\"outcomes\":["
                + IntStream.range(from, to)
                        .mapToObj(i -> "{\"key\":\"u" + i + "\",\"converted\":" + converted + "}")
                        .collect(Collectors.joining(","))
                + "]}";
    }

    @Test
    void aTrialIsBegunToldOfAndDecided() {
        // Given
        begin("decided", ",\"switchAbove\":0.1");

        // When
        HttpResponse<String> first = alice.post(ENDPOINTS + "decided/outcomes", outcomes(0, 10, "true"));
        HttpResponse<String> again = alice.post(ENDPOINTS + "decided/outcomes", outcomes(0, 10, "true"));
        String running = alice.get(ENDPOINTS + "decided/trials/1").body();
        alice.post(ENDPOINTS + "decided/outcomes", outcomes(10, 2_000, "true"));

        // Then
        assertThat(first.body()).isEqualTo("{\"trial\":1,\"phase\":\"RUNNING\",\"newUsers\":10,\"newConversions\":10}");
        assertThat(again.body()).contains("\"newUsers\":0", "\"newConversions\":0");
        assertThat(running).contains("\"horizon\":", "Not conclusive yet", "\"difference\":{", "\"percent\":50.0");
        assertThat(alice.get(ENDPOINTS + "decided/trials").body()).contains("\"phase\":\"NO_DIFFERENCE\"");
    }

    @Test
    void aBetterCandidateGetsAllRequests() {
        // Given
        begin("better", ",\"switchAbove\":0.1");
        String users = "{\"outcomes\":["
                + IntStream.range(0, 400)
                        .mapToObj(
                                i -> "{\"key\":\"u" + i + "\",\"converted\":" + isOfCandidate("better", "u" + i) + "}")
                        .collect(Collectors.joining(","))
                + "]}";

        // When
        HttpResponse<String> told = alice.post(ENDPOINTS + "better/outcomes", users);

        // Then
        assertThat(told.body()).contains("\"phase\":\"BETTER\"");
        assertThat(awaitAnswer("better/trials/1", "\"phase\":\"SWITCHED\"")).contains("It gets all requests.");
        assertThat(awaitAnswer("better", "\"phase\":\"STABLE\""))
                .contains("\"version\":\"0.0.2\",\"percent\":100.0", "Trial 1: 0.0.2 is better than 0.0.1");
    }

    /** As a proxy would: from the route that it is told. */
    private static boolean isOfCandidate(String name, String key) {
        String routes = service.internal().get("/internal/routes").body();
        Matcher route = Pattern.compile("\"name\":\"" + name + "\".*?\"salt\":\"([^\"]+)\".*?\"version\":\"0.0.2\".*?"
                        + "\"ranges\":\\[\\{\"from\":(\\d+),\"to\":(\\d+)}]")
                .matcher(routes);
        assertThat(route.find()).as(routes).isTrue();
        int bucket = EndpointRoute.bucketOf(route.group(1), key);
        return Integer.parseInt(route.group(2)) <= bucket && bucket < Integer.parseInt(route.group(3));
    }

    @Test
    void aTokenOfTheEndpointTellsOutcomesAndNothingElse() {
        // Given
        begin("tokens", "");
        HttpResponse<String> made = alice.post(ENDPOINTS + "tokens/tokens", "{\"client\":\"shop\"}");
        Matcher token = Pattern.compile("\"token\":\"(bt_[^\"]+)\"").matcher(made.body());
        assertThat(token.find()).as(made.body()).isTrue();
        TestingClient shop = service.anonymous().with("Authorization", "Bearer " + token.group(1));
        serve("others");

        // Then
        assertThat(shop.post(ENDPOINTS + "tokens/outcomes", outcomes(0, 5, "false"))
                        .body())
                .contains("\"newUsers\":5");
        assertThat(shop.post(ENDPOINTS + "others/outcomes", outcomes(0, 5, "false"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(shop.get(ENDPOINTS + "tokens/trials").statusCode()).isEqualTo(401);
        assertThat(shop.get(ENDPOINTS + "tokens/outcomes").statusCode()).isIn(401, 405);
        assertThat(shop.post(ENDPOINTS + "tokens/trials/1:stop", "{}").statusCode())
                .isEqualTo(401);
    }

    /** S14. */
    @Test
    void whatIsAnothersIsNotThere() {
        // Given
        begin("mine", "");

        // Then
        assertThat(bob.get(ENDPOINTS + "mine/trials").statusCode()).isEqualTo(404);
        assertThat(bob.get(ENDPOINTS + "mine/trials/1").statusCode()).isEqualTo(404);
        assertThat(bob.post(ENDPOINTS + "mine/outcomes", outcomes(0, 1, "true")).statusCode())
                .isEqualTo(404);
        assertThat(bob.post(ENDPOINTS + "mine/trials/1:stop", "{}").statusCode())
                .isEqualTo(404);
        assertThat(alice.post(ENDPOINTS + "mine/trials/1:stop", "{}").body()).contains("\"phase\":\"STOPPED\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"candidate\":\"0.0.2\"}|baseline",
                "{\"candidate\":\"0.0.2\",\"baseline\":0,\"minimalEffect\":0.1}|baseline",
                "{\"candidate\":\"0.0.2\",\"baseline\":\"NaN\",\"minimalEffect\":0.1}|wrong kind",
                "{\"candidate\":\"0.0.2\",\"baseline\":0.5,\"minimalEffect\":1}|minimalEffect",
                "{\"candidate\":\"0.0.2\",\"baseline\":0.5,\"minimalEffect\":0.2,\"alpha\":0.5}|alpha",
                "{\"candidate\":\"0.0.2\",\"baseline\":0.5,\"minimalEffect\":0.2,\"stopping\":\"SOON\"}|SOON",
                "{\"candidate\":\"0.0.2\",\"baseline\":0.5,\"minimalEffect\":0.2,\"switchAbove\":-1}|switchAbove",
                "{\"candidate\":\"0.0.2\",\"baseline\":0.5,\"minimalEffect\":0.2,\"candidatePercent\":0}|candidatePercent",
                "{\"candidate\":\"0.0.2\",\"baseline\":0.5,\"minimalEffect\":0.2,\"sticky\":{\"header\":\"Cookie\"}}|sticky.header",
            })
    void aPlanThatCannotBeIsRefused(String plan, String word) {
        // When
        HttpResponse<String> answer = alice.post(ENDPOINTS + "any/trials", plan);

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(word);
    }
}
