package io.benchtop.service.http.page;

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
import java.util.HashMap;
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

/** The pages of endpoints. The registry knows versions 0.0.1 and 0.0.2 of "risk". */
class EndpointPagesIT {

    private static final String HOSTILE = "\"><svg onload=alert(1)>' ü";
    private static final Pattern SEEN = Pattern.compile("hx-get=\"(/endpoints/[^\"]+)\"");

    @TempDir
    static Path data;

    private static TestingService service;
    private static TestingClient alice;
    private static TestingClient bob;
    private static FakeModelServers servers;

    @Factory
    @Requires(property = "testing.endpoint-pages")
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
                if (!model.equals("risk") || !List.of("0.0.1", "0.0.2").contains(version)) {
                    throw ProblemException.notFound("model version", model + "@" + version);
                }
                return new ServedVersion(model, version);
            };
        }
    }

    @BeforeAll
    static void start() {
        service = TestingService.start(data, Map.of("testing.endpoint-pages", true));
        alice = service.signIn("alice", Role.DEVELOPER);
        bob = service.signIn("bob", Role.DEVELOPER);
        servers = service.bean(FakeModelServers.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static void promote(String name, String version, String more) {
        HttpResponse<String> answer = alice.post(
                "/api/v1/endpoints/" + name + ":promote",
                "{\"model\":\"risk\",\"version\":\"" + version + "\"" + more + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private static String awaitPage(String name, String word) {
        return await().atMost(60, SECONDS)
                .until(
                        () -> {
                            servers.answer();
                            return alice.open("/endpoints/" + name).body();
                        },
                        body -> body.contains(word));
    }

    /** An endpoint that serves 0.0.1. */
    private static String serve(String name) {
        promote(name, "0.0.1", "");
        return awaitPage(name, "</span>Stable");
    }

    private static void led(HttpResponse<String> answer, String where) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).isEqualTo(where);
    }

    @Test
    void theListHasWhatOneMayCall() {
        // Given
        serve("listed");

        // Then
        assertThat(alice.open("/endpoints").body())
                .contains("href=\"/endpoints/listed\"", "risk", "0.0.1", "100 %", "Stable");
        assertThat(bob.open("/endpoints").body()).doesNotContain("listed");
        assertThat(service.signIn("carol", Role.VIEWER).open("/endpoints").body())
                .contains("id=\"no-endpoints\"");
    }

    @Test
    void thePageTellsWhatItDoesAndHowItIsAsked() {
        // When
        String html = serve("told");

        // Then
        assertThat(html)
                .contains("id=\"arm-0.0.1\"", "<rect width=\"100.0\"", "Ready", "1 of 1")
                .contains("is to serve.", "data-try=\"/serve/told/v2/models/told/infer\"")
                .contains("curl " + TestingService.PUBLIC_URL + "/serve/told/v2/models/told/infer")
                .contains("href=\"/api/v1/endpoints/told/openapi.json\"")
                .contains("only alice", "id=\"rollback\"", "id=\"configure\"", "id=\"make-token\"");
    }

    @Test
    void aPartThatIsStillTrueIsNotSentAgain() {
        // Given
        Matcher seen = SEEN.matcher(serve("live"));
        assertThat(seen.find()).isTrue();

        // Then
        assertThat(alice.get(seen.group(1)).statusCode()).isIn(200, 204);
        assertThat(alice.get("/endpoints/live/live?seen=old").body())
                .startsWith("<div id=\"live\"")
                .contains("arm-0.0.1");
        assertThat(bob.get("/endpoints/live/live").statusCode()).isEqualTo(404);
    }

    @Test
    void aCanaryIsShownAndRolledBackWithAReason() {
        // Given
        serve("canary");
        promote(
                "canary",
                "0.0.2",
                ",\"strategy\":{\"kind\":\"CANARY\",\"steps\":[10,50],\"hold\":true,\"guards\":{\"maxErrorRate\":0.01}}");

        // When
        String trying = awaitPage("canary", "step 1 of 2: 10, 50 %");
        HttpResponse<String> silent = alice.form("/endpoints/canary/rollback", Map.of("reason", " "));
        led(alice.form("/endpoints/canary/rollback", Map.of("reason", HOSTILE)), "/endpoints/canary?done=rolled-back");

        // Then
        assertThat(trying).contains("at most 1 % errors", "<rect width=\"10.0\"", "<rect width=\"90.0\"");
        assertThat(silent.statusCode()).isEqualTo(400);
        assertThat(silent.body()).contains("id=\"reason-error\"", "say why");
        assertThat(alice.open("/endpoints/canary").body())
                .contains("Rolled back: \"&gt;&lt;svg onload")
                .doesNotContain("<svg onload");
    }

    @Test
    void aTrialIsShownWithItsVerdictFirstAndStopped() {
        // Given
        serve("trials");
        HttpResponse<String> begun = alice.post("/api/v1/endpoints/trials/trials", """
                {"candidate":"0.0.2","baseline":0.05,"minimalEffect":0.15,"metric":"\\"><svg onload=alert(1)>",
                 "sticky":{"header":"X-User-Id"},"switchAbove":0.1}""");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        awaitPage("trials", "</span>Running");
        alice.post("/api/v1/endpoints/trials/outcomes", """
                {"outcomes":[{"key":"u1","converted":true},{"key":"u2","converted":false},{"key":"u3","converted":false}]}""");

        // When
        String page = alice.open("/endpoints/trials/trials/1").body();

        // Then
        assertThat(page.indexOf("id=\"verdict\"")).isBetween(0, page.indexOf("id=\"sides\""));
        assertThat(page)
                .contains("Running", "14,193", "50 % were planned", "by more than 10 %", "id=\"stop\"")
                .contains("&lt;svg onload")
                .doesNotContain("<svg onload");
        assertThat(alice.open("/endpoints/trials").body())
                .contains("href=\"/endpoints/trials/trials/1\"", "0.0.2 against 0.0.1");
        assertThat(bob.open("/endpoints/trials/trials/1").statusCode()).isEqualTo(404);
        led(alice.form("/endpoints/trials/trials/1/stop", Map.of()), "/endpoints/trials/trials/1?done=trial-stopped");
        assertThat(alice.open("/endpoints/trials/trials/1").body())
                .contains("Stopped by alice")
                .doesNotContain("id=\"stop\"");
    }

    @Test
    void theShadowIsShownAndEnded() {
        // Given
        serve("shadowed");
        promote("shadowed", "0.0.2", ",\"strategy\":{\"kind\":\"SHADOW\",\"percent\":40}");

        // When
        String html = awaitPage("shadowed", "id=\"end-shadow\"");
        led(alice.form("/endpoints/shadowed/end-shadow", Map.of()), "/endpoints/shadowed?done=shadow-ended");

        // Then
        assertThat(html).contains("0.0.2 gets a copy of 40 %");
        assertThat(alice.open("/endpoints/shadowed").body()).doesNotContain("id=\"end-shadow\"");
    }

    @Test
    void whatProxiesCountedIsDrawn() {
        // Given
        serve("counted");

        // When
        service.internal().post("/internal/endpoints:usage", """
                {"id":"page-report","proxy":"p","endpoints":[{"name":"counted","sinceMillis":0,
                  "clients":[{"client":"mobile <b>","requests":1234,"refused":5,"failures":7}],
                 "arms":[{"version":"0.0.1","requests":100,"failures":3,
                          "latency":{"boundsMillis":[1.0,4.0],"counts":[50,48,2]}}]}]}
                """);

        // Then
        assertThat(alice.open("/endpoints/counted").body())
                .contains("Requests per minute", "data-chart=", "[0,100]", ">3 %<", "≤ 1 ms");
        assertThat(alice.open("/endpoints/counted").body())
                .contains("<strong>mobile &lt;b&gt;</strong>", ">1,234<", ">7<", ">5<");
        assertThat(alice.open("/endpoints").body()).contains(">100<", ">3 %<");
    }

    @Test
    void aTokenIsShownOnce() {
        // Given
        serve("guarded");

        // When
        HttpResponse<String> made =
                alice.form("/endpoints/guarded/tokens", Map.of("client", "mobile", "expiresIn", "P1D"));
        HttpResponse<String> nameless =
                alice.form("/endpoints/guarded/tokens", Map.of("client", " ", "expiresIn", "P1D"));

        // Then
        Matcher token = Pattern.compile("value=\"(bt_[^\"]+)\"").matcher(made.body());
        assertThat(token.find()).isTrue();
        assertThat(service.internal()
                        .post("/internal/tokens:introspect", "{\"token\":\"" + token.group(1) + "\"}")
                        .body())
                .contains("\"endpoint\":\"guarded\"", "\"client\":\"mobile\"");
        assertThat(alice.open("/endpoints/guarded").body())
                .contains("<strong>mobile</strong>")
                .doesNotContain(token.group(1));
        assertThat(nameless.statusCode()).isEqualTo(400);
        assertThat(nameless.body()).contains("id=\"client-error\"");
    }

    private static Map<String, String> settings() {
        return new HashMap<>(Map.ofEntries(
                Map.entry("callers", "bob"),
                Map.entry("sticky.header", "X-User-Id"),
                Map.entry("limits.requestsPerSecond", "10"),
                Map.entry("limits.requestsPerDay", "5000"),
                Map.entry("limits.burst", "20"),
                Map.entry("limits.clientInFlight", "5"),
                Map.entry("limits.inFlight", "50"),
                Map.entry("limits.maxBodyBytes", "2 MiB"),
                Map.entry("scaling.min", "0"),
                Map.entry("scaling.max", "2"),
                Map.entry("scaling.idleAfterSeconds", "5m")));
    }

    @Test
    void whoMayCallItSeesItAndDoesNotChangeIt() {
        // Given
        serve("shared");

        // When
        led(alice.form("/endpoints/shared/configure", settings()), "/endpoints/shared?done=endpoint-saved");

        // Then
        assertThat(alice.open("/endpoints/shared").body())
                .contains("alice, bob", "value=\"X-User-Id\"", "value=\"2 MiB\"", "value=\"5000\"", "value=\"5m\"");
        assertThat(bob.open("/endpoints/shared").body())
                .contains("id=\"arms\"", "id=\"try\"")
                .doesNotContain("id=\"rollback\"", "id=\"configure\"", "id=\"make-token\"", "id=\"delete-link\"");
        assertThat(bob.form("/endpoints/shared/rollback", Map.of("reason", "x")).statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "callers, 'No Body!', callers-error, names of users",
        "sticky.header, Cookie, sticky.header-error, request header",
        "limits.requestsPerDay, -1, limits.requestsPerDay-error, whole number",
        "limits.burst, 0, limits.burst-error, from 1",
        "limits.inFlight, many, limits.inFlight-error, whole number",
        "limits.maxBodyBytes, 2 TiB, limits.maxBodyBytes-error, 1 GiB",
        "scaling.min, 7, scaling.min-error, min",
        "scaling.idleAfterSeconds, 5s, scaling.idleAfterSeconds-error, at least 10",
        "hardware, gpu, hardware-error, It must be default",
    })
    void aWrongSettingIsExplainedAtItsField(String field, String value, String id, String said) {
        // Given
        if (alice.open("/endpoints/wrong").statusCode() == 404) {
            serve("wrong");
        }
        Map<String, String> fields = settings();
        fields.put(field, value);

        // When
        HttpResponse<String> answer = alice.form("/endpoints/wrong/configure", fields);

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("id=\"" + id + "\"", said);
    }

    /** S14. */
    @ParameterizedTest
    @ValueSource(strings = {"rollback", "end-shadow", "configure", "tokens", "delete"})
    void whatIsAnothersIsNotThere(String verb) {
        // Given
        if (alice.open("/endpoints/private").statusCode() == 404) {
            serve("private");
        }

        // Then
        assertThat(bob.form("/endpoints/private/" + verb, Map.of("reason", "x")).statusCode())
                .isEqualTo(404);
        assertThat(bob.open("/endpoints/private").statusCode()).isEqualTo(404);
    }

    @Test
    void itIsDeletedAfterAQuestion() {
        // Given
        serve("doomed");

        // When
        HttpResponse<String> ask = alice.open("/endpoints/doomed/delete");
        led(alice.form("/endpoints/doomed/delete", Map.of()), "/endpoints?done=endpoint-deleted");

        // Then
        assertThat(ask.body()).contains("id=\"delete-confirm\"");
        assertThat(alice.open("/endpoints/doomed").statusCode()).isEqualTo(404);
    }
}
