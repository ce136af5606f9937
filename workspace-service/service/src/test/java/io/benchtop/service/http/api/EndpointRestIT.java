package io.benchtop.service.http.api;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.endpoint.FakeModelServers;
import io.benchtop.service.endpoint.ModelServers;
import io.benchtop.service.endpoint.Servable;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.identity.Role;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints over REST, and what the proxy is told of them. The registry knows versions 0.0.1 to 0.0.3 of "risk". */
class EndpointRestIT {

    private static final String ENDPOINTS = "/api/v1/endpoints";

    @TempDir
    static Path data;

    private static TestingService service;
    private static TestingClient alice;
    private static TestingClient bob;
    private static TestingClient viewer;
    private static FakeModelServers servers;

    @Factory
    @Requires(property = "testing.endpoints")
    static class Ports {

        @Singleton
        @Replaces(ModelServers.class)
        FakeModelServers servers() {
            return new FakeModelServers();
        }

        @Singleton
        @Replaces(Servable.class)
        Servable registry() {
            return (caller, model, version) -> {
                if (!model.equals("risk") || !List.of("0.0.1", "0.0.2", "0.0.3").contains(version)) {
                    throw ProblemException.notFound("model version", model + "@" + version);
                }
                return new ServedVersion(model, version);
            };
        }
    }

    @BeforeAll
    static void start() {
        service = TestingService.start(data, Map.of("testing.endpoints", true));
        alice = service.program("alice", Role.DEVELOPER);
        bob = service.program("bob", Role.DEVELOPER);
        viewer = service.program("vera", Role.VIEWER);
        servers = service.bean(FakeModelServers.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static HttpResponse<String> promote(TestingClient who, String name, String version, String more) {
        return who.post(
                ENDPOINTS + "/" + name + ":promote",
                "{\"model\":\"risk\",\"version\":\"" + version + "\"" + more + "}");
    }

    /** An endpoint that serves 0.0.1. */
    private static void serve(String name) {
        assertThat(promote(alice, name, "0.0.1", "").statusCode()).isEqualTo(202);
        awaitPhase(name, "STABLE");
    }

    private static String awaitPhase(String name, String phase) {
        return await().atMost(60, SECONDS)
                .until(
                        () -> {
                            servers.answer();
                            return alice.get(ENDPOINTS + "/" + name).body();
                        },
                        body -> body.contains("\"phase\":\"" + phase + "\""));
    }

    @Test
    void aVersionIsPromotedAndTheProxyIsToldWhereItAnswers() {
        // When
        HttpResponse<String> promoted = promote(alice, "first", "0.0.1", "");
        awaitPhase("first", "STABLE");

        // Then
        assertThat(promoted.statusCode()).as(promoted.body()).isEqualTo(202);
        assertThat(promoted.body())
                .contains("\"phase\":\"SWITCHING\"", "\"url\":\"/serve/first\"", "\"owner\":\"alice\"");
        assertThat(alice.get(ENDPOINTS + "/first").body())
                .contains("\"version\":\"0.0.1\"", "\"percent\":100.0", "\"state\":\"READY\"");
        assertThat(service.internal().get("/internal/routes").body())
                .contains("\"name\":\"first\"", "\"state\":\"READY\"", "\"address\":\"http://127.0.0.1:");
        assertThat(alice.get(ENDPOINTS + "/first").body()).doesNotContain("\"key\"");
    }

    @Test
    void theNextVersionGetsItsShareAndARollbackTakesIt() {
        // Given
        serve("canary");

        // When
        HttpResponse<String> asked = promote(
                alice,
                "canary",
                "0.0.2",
                ",\"strategy\":{\"kind\":\"CANARY\",\"steps\":[10],\"hold\":true,\"guards\":{\"maxErrorRate\":0.01}}");
        String progressing = await().atMost(60, SECONDS)
                .until(
                        () -> {
                            servers.answer();
                            return alice.get(ENDPOINTS + "/canary").body();
                        },
                        body -> body.contains("\"step\":1"));
        HttpResponse<String> back = alice.post(ENDPOINTS + "/canary:rollback", "{\"reason\":\"bad calibration\"}");

        // Then
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        assertThat(progressing).contains("\"percent\":10.0", "\"percent\":90.0");
        assertThat(back.statusCode()).as(back.body()).isEqualTo(202);
        assertThat(back.body()).contains("\"phase\":\"ROLLED_BACK\"", "bad calibration", "\"percent\":100.0");
    }

    @Test
    void whatProxiesCountIsToldOfTheVersionsThatDidIt() {
        // Given
        serve("counted");
        String report = """
                {"id":"report-1","proxy":"p","endpoints":[{"name":"counted","sinceMillis":0,"clients":[],
                 "arms":[{"version":"0.0.1","requests":100,"failures":3,
                          "latency":{"boundsMillis":[1.0,4.0],"counts":[50,48,2]}}]},
                 {"name":"gone","sinceMillis":0,"clients":[],"arms":[]}]}
                """;

        // When
        HttpResponse<String> counted = service.internal().post("/internal/endpoints:usage", report);
        service.internal().post("/internal/endpoints:usage", report);

        // Then
        assertThat(counted.statusCode()).as(counted.body()).isEqualTo(204);
        assertThat(alice.get(ENDPOINTS + "/counted").body())
                .contains("\"requests\":100", "\"errorRate\":0.03", "\"p50Millis\":1.0");
    }

    @Test
    void itIsInForceWhenEveryProxyGoesByIt() {
        // Given
        serve("followed");
        Matcher route = Pattern.compile("\"name\":\"followed\",\"endpointId\":\"(ep_\\w+)\"")
                .matcher(service.internal().get("/internal/routes").body());
        assertThat(route.find()).isTrue();
        String id = route.group(1);
        assertThat(alice.get(ENDPOINTS + "/followed").body()).contains("\"inForce\":true");

        // When
        HttpResponse<String> behind = observed("proxy-a", id, 0);
        observed("proxy-b", id, 1_000);

        // Then
        assertThat(behind.statusCode()).as(behind.body()).isEqualTo(204);
        assertThat(alice.get(ENDPOINTS + "/followed").body()).contains("\"inForce\":false");

        // When
        observed("proxy-a", id, 1_000);

        // Then
        assertThat(alice.get(ENDPOINTS + "/followed").body()).contains("\"inForce\":true");

        // When
        HttpResponse<String> nameless =
                service.internal().post("/internal/endpoints:observed", "{\"proxy\":\"\",\"generations\":{}}");

        // Then
        assertThat(nameless.statusCode()).as(nameless.body()).isEqualTo(400);
    }

    private HttpResponse<String> observed(String proxy, String id, long generation) {
        return service.internal()
                .post(
                        "/internal/endpoints:observed",
                        "{\"proxy\":\"%s\",\"generations\":{\"%s\":%d}}".formatted(proxy, id, generation));
    }

    @Test
    void theOwnerIsToldWhoAsksHowOften() {
        // Given
        serve("used");
        assertThat(alice.patch(ENDPOINTS + "/used", "{\"callers\":[\"bob\"]}").statusCode())
                .isEqualTo(202);
        String report = """
                {"id":"report-clients","proxy":"p","endpoints":[{"name":"used","sinceMillis":0,"arms":[],
                 "clients":[{"client":"mobile","requests":7,"refused":2,"failures":3},{"client":"old proxy's","requests":1,"refused":0}]},
                 {"name":"gone","sinceMillis":0,"arms":[],"clients":[{"client":"x","requests":1,"refused":0}]}]}
                """;

        // When
        HttpResponse<String> counted = service.internal().post("/internal/endpoints:usage", report);
        service.internal().post("/internal/endpoints:usage", report);

        // Then
        assertThat(counted.statusCode()).as(counted.body()).isEqualTo(204);
        assertThat(alice.get(ENDPOINTS + "/used/usage?days=1").body())
                .contains("\"client\":\"mobile\"", "\"requests\":7", "\"refused\":2", "\"failures\":3", "old proxy's");
        assertThat(alice.get(ENDPOINTS + "/used/usage?days=401").statusCode()).isEqualTo(400);
        assertThat(bob.get(ENDPOINTS + "/used/usage").statusCode()).isEqualTo(403);
    }

    @Test
    void whoMayCallItIsToldHow() {
        // Given
        serve("described");

        // When
        HttpResponse<String> told = alice.get(ENDPOINTS + "/described/openapi.json");

        // Then
        assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
        assertThat(told.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(told.body())
                .contains(
                        "\"openapi\": \"3.1.0\"",
                        "/serve/described/v2/models/described/infer",
                        "\"version\": \"0.0.1\"")
                .contains("\"url\": \"" + TestingService.PUBLIC_URL + "\"");
        assertThat(bob.get(ENDPOINTS + "/described/openapi.json").statusCode()).isEqualTo(404);
    }

    @Test
    void aTokenOfAnEndpointOpensThatAndNothingElse() {
        // Given
        serve("guarded");

        // When
        HttpResponse<String> made =
                alice.post(ENDPOINTS + "/guarded/tokens", "{\"client\":\"mobile\",\"expiresIn\":\"P1D\"}");
        Matcher token = Pattern.compile("\"token\":\"(bt_[^\"]+)\"").matcher(made.body());
        assertThat(token.find()).as(made.body()).isTrue();
        TestingClient holder = service.anonymous().with("Authorization", "Bearer " + token.group(1));

        // Then
        assertThat(holder.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(holder.get(ENDPOINTS).statusCode()).isEqualTo(401);
        assertThat(holder.get("/api/v1/me").body()).contains("guarded");
        assertThat(service.internal()
                        .post("/internal/tokens:introspect", "{\"token\":\"" + token.group(1) + "\"}")
                        .body())
                .contains("\"user\":\"alice\"", "\"endpoint\":\"guarded\"", "\"client\":\"mobile\"");
    }

    /** S14. */
    @Test
    void whatIsAnothersIsNotThere() {
        // Given
        serve("private");

        // Then
        for (HttpResponse<String> foreign : List.of(
                bob.get(ENDPOINTS + "/private"),
                bob.post(ENDPOINTS + "/private:rollback", "{}"),
                bob.patch(ENDPOINTS + "/private", "{\"callers\":[\"bob\"]}"),
                bob.delete(ENDPOINTS + "/private"),
                bob.post(ENDPOINTS + "/private/tokens", "{\"client\":\"x\"}"))) {
            assertThat(foreign.statusCode()).as(foreign.body()).isEqualTo(404);
        }
        assertThat(bob.get(ENDPOINTS).body()).doesNotContain("private");
        assertThat(promote(viewer, "theirs", "0.0.1", "").statusCode()).isEqualTo(403);
    }

    /** S37. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"kind\":\"SPLIT\",\"weights\":{\"0.0.1\":50,\"0.0.2\":40}}|90.0 %",
                "{\"kind\":\"SPLIT\",\"weights\":{\"0.0.1\":110,\"0.0.2\":-10}}|0 to 100",
                "{\"kind\":\"SPLIT\",\"weights\":{\"0.0.1\":50,\"0.0.9\":50}}|0.0.9",
                "{\"kind\":\"SPLIT\",\"weights\":{\"0.0.1\":\"NaN\",\"0.0.2\":50}}|wrong kind",
                "{\"kind\":\"SPLIT\"}|weights",
                "{\"kind\":\"CANARY\",\"steps\":[20,5]}|grow",
                "{\"kind\":\"CANARY\",\"steps\":[0]}|grow",
                "{\"kind\":\"CANARY\",\"steps\":[101]}|grow",
                "{\"kind\":\"CANARY\",\"guards\":{\"maxErrorRate\":2}}|maxErrorRate",
                "{\"kind\":\"CANARY\",\"weights\":{\"0.0.1\":100}}|does not know",
                "{\"kind\":\"SHADOW\",\"percent\":0}|percent",
                "{\"kind\":\"BLUE_GREEN\"}|BLUE_GREEN",
            })
    void aStrategyThatCannotBeIsRefusedAndChangesNothing(String strategy, String word) {
        // Given
        serve("split");
        String before = arms();

        // When
        HttpResponse<String> answer = promote(alice, "split", "0.0.2", ",\"strategy\":" + strategy);

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 404);
        assertThat(answer.body()).contains(word);
        assertThat(arms()).isEqualTo(before);
    }

    private static String arms() {
        String body = alice.get(ENDPOINTS + "/split").body();
        return body.substring(body.indexOf("\"arms\""), body.indexOf("\"rollout\""));
    }

    /** S36. */
    @ParameterizedTest
    @ValueSource(strings = {"..%2fx", "a%2fb", "%252e%252e", "UPPER", "a%23b", "-a"})
    void whatIsNoNameIsRefused(String name) {
        assertThat(promote(alice, name, "0.0.1", "").statusCode()).isIn(400, 404);
    }
}
