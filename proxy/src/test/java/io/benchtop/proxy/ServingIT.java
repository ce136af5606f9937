package io.benchtop.proxy;

import static io.benchtop.proxy.TestingProxy.HOST;
import static io.benchtop.proxy.TestingProxy.PREFIX;
import static io.benchtop.proxy.TestingProxy.cookie;
import static io.benchtop.proxy.TestingProxy.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.api.routing.EndpointRoute;
import io.benchtop.api.routing.EndpointRoute.Arm;
import io.benchtop.api.routing.EndpointRoute.ArmState;
import io.benchtop.api.routing.EndpointRoute.Limits;
import io.benchtop.api.routing.EndpointRoute.Range;
import io.benchtop.api.routing.EndpointRoute.Shadow;
import io.benchtop.api.routing.EndpointRoute.Spent;
import io.benchtop.api.routing.EndpointRoute.Sticky;
import io.benchtop.api.routing.EndpointRoute.Target;
import io.benchtop.api.routing.EndpointUsage;
import io.benchtop.api.routing.ObservedEndpoints;
import io.benchtop.proxy.testing.ModelStandIn;
import io.benchtop.proxy.testing.ScriptedUpstream;
import io.benchtop.proxy.testing.Wire;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of endpoints by HTTP, between a client and stand-ins for model-servers. */
class ServingIT {

    private static final String KEY = "serving-key-0123456789";
    private static final String INFER = "/serve/iris/v2/models/iris/infer";
    private static final String BODY = "{\"inputs\":[]}";
    private static final Sticky BY_USER = new Sticky("X-User-Id", false, null);
    private static final Sticky BY_COOKIE =
            new Sticky(null, true, Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]));

    private final TestingProxy proxy = new TestingProxy(Map.of("BENCHTOP_PROXY_RECOVERY", "2s"));
    private final ModelStandIn one = new ModelStandIn("1.0.0");
    private final ModelStandIn two = new ModelStandIn("2.0.0");
    private final AtomicInteger generation = new AtomicInteger();

    @AfterEach
    void stop() {
        proxy.close();
        one.close();
        two.close();
    }

    // ---- routes and requests

    private static Arm arm(String version, int from, int to, ModelStandIn... servers) {
        return arm(
                version,
                from,
                to,
                ArmState.READY,
                Arrays.stream(servers).map(ModelStandIn::url).toArray(String[]::new));
    }

    private static Arm arm(String version, int from, int to, ArmState state, String... urls) {
        List<Target> targets =
                Arrays.stream(urls).map(url -> new Target(url, null, KEY)).toList();
        return new Arm(version, "iris", List.of(new Range(from, to)), state, targets);
    }

    private void publish(Sticky sticky, Limits limits, @Nullable Shadow shadow, Arm... arms) {
        publish(sticky, limits, null, shadow, arms);
    }

    private void publish(Sticky sticky, Limits limits, @Nullable Spent spent, @Nullable Shadow shadow, Arm... arms) {
        int number = generation.incrementAndGet();
        proxy.control.put(new EndpointRoute(
                "iris",
                "ep_1",
                "olga",
                List.of("alice"),
                "salt",
                sticky,
                List.of(arms),
                shadow,
                limits,
                spent,
                number));
        await().until(() -> Files.readString(proxy.stateFile).contains("\"salt\"")
                && proxy.proxy.routes().endpoint("iris") != null
                && proxy.proxy.routes().endpoint("iris").generation() == number);
    }

    private void publish(Arm... arms) {
        publish(BY_USER, Limits.NONE, null, arms);
    }

    private String token(String user, String more) {
        String id = "t".repeat(7) + "%05d".formatted(proxy.control.tokens.size());
        String token = "bt_" + id + "_" + "x".repeat(43);
        proxy.control.tokens.put(
                token,
                "{\"user\":\"" + user
                        + "\",\"name\":\"N\",\"role\":\"developer\",\"expiresAt\":\"2999-01-01T00:00:00Z\","
                        + "\"tokenId\":\"" + id + "\"" + more + "}");
        return "Authorization: Bearer " + token + "\r\n";
    }

    private Map<String, Long> observed() {
        return proxy.control.observed.isEmpty()
                ? Map.of("none", 0L)
                : proxy.control.observed.getLast().generations();
    }

    private static String infer(String... lines) {
        return post(INFER, lines);
    }

    private static String post(String path, String... lines) {
        return request("POST", path, String.join("", lines) + "Content-Length: " + BODY.length() + "\r\n") + BODY;
    }

    @Test
    void theServiceIsToldByWhichGenerationItGoes() {
        // When
        publish(arm("1.0.0", 0, 10_000, one));
        publish(arm("2.0.0", 0, 10_000, two));

        // Then
        await().untilAsserted(() -> assertThat(observed()).isEqualTo(Map.of("ep_1", 2L)));

        // When
        proxy.control.removeEndpoint("iris");

        // Then
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(observed()).isEmpty());
        assertThat(proxy.control.observed.stream().map(ObservedEndpoints::proxy).distinct())
                .hasSize(1);
    }

    private String answer(String request) {
        return proxy.refused(request);
    }

    // ---- who and where

    @Test
    void aCallReachesTheModelServerWithoutPrefixAndCredentialsButWithItsKey() {
        // Given
        one.remembers = true;
        publish(arm("1.0.0", 0, 10_000, one));

        // When
        String answer =
                answer(infer(token("alice", ""), "Cookie: a=b\r\nX-Benchtop-Serving-Key: forged\r\nX-Mine: 1\r\n"));

        // Then
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .containsOnlyOnce("X-Model-Version: 1.0.0\r\n")
                .containsOnlyOnce("X-Experiment-Arm: 1.0.0\r\n")
                .doesNotContain(KEY);
        assertThat(one.seen.getFirst())
                .startsWith("POST /v2/models/iris/infer HTTP/1.1\r\n")
                .contains("X-Mine: 1\r\n", "\r\nX-Benchtop-Serving-Key: " + KEY + "\r\n")
                .doesNotContain("Authorization", "Cookie", "forged", "bt_")
                .endsWith(BODY);
    }

    @Test
    void theVersionIsSaidWhereTheModelServerDoesNotSayIt() {
        // Given
        one.saysVersion = false;
        publish(arm("1.0.0", 0, 10_000, one));

        // When / Then
        assertThat(answer(infer(token("alice", "")))).containsOnlyOnce("X-Model-Version: 1.0.0\r\n");
    }

    @Test
    void whoMayNotCallSeesWhatWhoCallsNothingSees() {
        // Given
        publish(arm("1.0.0", 0, 10_000, one));
        String eve = token("eve", "");

        // When
        String foreign = answer(infer(eve));

        // Then
        assertThat(foreign).startsWith("HTTP/1.1 404").contains("{\"error\":\"");
        assertThat(answer(infer(eve).replace("/iris/", "/rose/"))).isEqualTo(foreign);
        assertThat(answer(infer())).startsWith("HTTP/1.1 401").contains("WWW-Authenticate: Bearer", "{\"error\":\"");
        assertThat(one.answered.get()).isZero();
    }

    @Test
    void aTokenForOneEndpointOpensThatOnly() {
        // Given
        publish(arm("1.0.0", 0, 10_000, one));
        String narrow = token("alice", ",\"endpoint\":\"iris\",\"client\":\"shop\"");
        String other = token("alice", ",\"endpoint\":\"rose\",\"client\":\"shop\"");

        // When / Then
        assertThat(answer(infer(narrow))).startsWith("HTTP/1.1 200");
        assertThat(answer(infer(other))).startsWith("HTTP/1.1 404");
        assertThat(answer(request("GET", PREFIX + "api", narrow))).startsWith("HTTP/1.1 404");
    }

    @Test
    void aTokenIsAskedForAgainWhereTheConnectionToTheServiceBreaks() {
        // Given
        publish(arm("1.0.0", 0, 10_000, one));
        proxy.control.brokenIntrospections.set(1);

        // When / Then
        assertThat(answer(infer(token("alice", "")))).startsWith("HTTP/1.1 200");
        assertThat(proxy.control.introspections.get()).isEqualTo(2);
    }

    @Test
    void aSessionCallsFromThisSiteOnly() {
        // Given
        publish(arm("1.0.0", 0, 10_000, one));
        String session = cookie(proxy.session("alice", "developer", "serve"));

        // When / Then
        assertThat(answer(infer(session, "Origin: " + TestingProxy.ORIGIN + "\r\n")))
                .startsWith("HTTP/1.1 200");
        assertThat(answer(infer(session, "Origin: http://evil.example\r\n")))
                .startsWith("HTTP/1.1 403")
                .contains("{\"error\":\"");
        assertThat(answer(infer(session))).startsWith("HTTP/1.1 403");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/repository/models/iris/load", "/v2/repository/models/iris/unload"})
    void s36_modelsAreNotLoadedOrUnloadedThroughAnEndpoint(String path) {
        // Given
        publish(arm("1.0.0", 0, 10_000, one));

        // When / Then
        assertThat(answer(post("/serve/iris" + path, token("olga", ""))))
                .startsWith("HTTP/1.1 403")
                .contains("{\"error\":\"");
        assertThat(one.answered.get()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/serve/iris/v2/%72epository/models/iris/load",
                "/serve/iris/v2/models/..%2frepository/load",
                "/serve/iris/v2/models/con%23/infer",
                "/serve/iris/shadow/models/iris",
                "/serve/iris/stats"
            })
    void s36_aNameThatIsAPathLeadsNowhere(String path) {
        // Given
        publish(arm("1.0.0", 0, 10_000, one));

        // When / Then
        assertThat(answer(post(path, token("olga", "")))).containsPattern("^HTTP/1.1 40[04]");
        assertThat(one.answered.get()).isZero();
    }

    @Test
    void aVersionIsNamedByItsCallersIfItHasAShareAndElseByTheOwner() {
        // Given
        publish(arm("1.0.0", 0, 10_000, one), arm("2.0.0", 10_000, 10_000, two));
        String first = "/serve/iris/v2/models/iris/versions/1.0.0/infer";
        String second = "/serve/iris/v2/models/iris/versions/2.0.0/infer";

        // When / Then
        assertThat(answer(post(first, token("alice", "")))).contains("X-Model-Version: 1.0.0");
        assertThat(answer(post(second, token("alice", "")))).startsWith("HTTP/1.1 404");
        assertThat(answer(post(second, token("olga", "")))).contains("X-Model-Version: 2.0.0");
        assertThat(answer(post(second, token("olga", ",\"endpoint\":\"iris\""))))
                .startsWith("HTTP/1.1 404");
    }

    // ---- stickiness

    @Test
    void aBrowserKeepsItsArmByACookieAndAForgedOneIsReplaced() {
        // Given
        publish(BY_COOKIE, Limits.NONE, null, arm("1.0.0", 0, 5000, one), arm("2.0.0", 5000, 10_000, two));
        String session = cookie(proxy.session("alice", "developer", "sticky")).strip();
        String origin = "Origin: " + TestingProxy.ORIGIN + "\r\n";
        String first = answer(infer(session + "\r\n", origin));
        String given =
                first.substring(first.indexOf("ws_exp_iris="), first.indexOf(';', first.indexOf("ws_exp_iris=")));
        String arm = first.substring(first.indexOf("X-Experiment-Arm: "))
                .lines()
                .findFirst()
                .orElseThrow();

        // When / Then
        for (int i = 0; i < 20; i++) {
            assertThat(answer(infer(session + "; " + given + "\r\n", origin)))
                    .contains(arm)
                    .doesNotContain("Set-Cookie: ws_exp");
        }
        String forged = given.substring(0, given.length() - 43) + "A".repeat(43);
        assertThat(answer(infer(session + "; " + forged + "\r\n", origin)))
                .contains("Set-Cookie: ws_exp_iris=", "HttpOnly; SameSite=Lax", "Path=/serve/iris/")
                .doesNotContain(forged);
        assertThat(answer(infer(token("alice", "")))).doesNotContain("Set-Cookie");
    }

    // ---- many model-servers

    /** Calls on four connections until told to stop; says what was not 2xx. */
    private final class Load implements AutoCloseable {

        private final AtomicBoolean going = new AtomicBoolean(true);
        private final AtomicInteger done = new AtomicInteger();
        private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
        private final List<Thread> threads = new ArrayList<>();

        Load() {
            String token = token("alice", "");
            for (int i = 0; i < 4; i++) {
                int worker = i;
                threads.add(Thread.ofVirtual().start(() -> work(worker, token)));
            }
        }

        private void work(int worker, String token) {
            try (Wire client = proxy.client()) {
                for (int i = 0; going.get(); i++) {
                    String answer = client.send(infer(token, "X-User-Id: u" + worker + "-" + i + "\r\n"))
                            .message();
                    if (!answer.startsWith("HTTP/1.1 200")) {
                        wrong.add(answer);
                    }
                    done.incrementAndGet();
                }
            } catch (RuntimeException e) {
                wrong.add(e.toString());
            }
        }

        private static boolean joined(Thread thread) {
            try {
                return thread.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        void more(int calls) {
            int until = done.get() + calls;
            await().atMost(Duration.ofSeconds(60)).until(() -> done.get() >= until || !wrong.isEmpty());
        }

        @Override
        public void close() {
            going.set(false);
            threads.forEach(
                    thread -> assertThat(thread.isAlive() && !joined(thread)).isFalse());
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void f22_aModelServerThatIsKilledUnderLoadCostsNoCall() throws Exception {
        // Given
        ModelStandIn other = new ModelStandIn("1.0.0");
        publish(arm("1.0.0", 0, 10_000, one, other));

        // When
        try (Load load = new Load()) {
            load.more(500);
            assertThat(one.answered.get()).isPositive();
            one.kill();
            load.more(1000);

            // Then
            assertThat(other.answered.get()).isGreaterThan(1000);
        } finally {
            other.close();
        }
        assertThat(proxy.adminGet("/metrics"))
                .contains(
                        "benchtop_proxy_inference_requests_total{endpoint=\"iris\",version=\"1.0.0\",status=\"2xx\",}");
    }

    @Test
    void f22_theOnlyModelServerThatIsKilledUnderLoadIsWaitedFor() throws Exception {
        // Given
        publish(arm("1.0.0", 0, 10_000, one));
        try (ModelStandIn next = new ModelStandIn("1.0.0");
                Load load = new Load()) {
            load.more(500);

            // When
            one.kill();
            await().untilAsserted(() -> assertThat(proxy.adminGet("/metrics"))
                    .contains("benchtop_proxy_inference_waiting{endpoint=\"iris\",} 4.0"));
            publish(arm("1.0.0", 0, 10_000, ArmState.FAILED));
            publish(arm("1.0.0", 0, 10_000, ArmState.STARTING));
            publish(arm("1.0.0", 0, 10_000, next));
            load.more(500);

            // Then
            assertThat(next.answered.get()).isGreaterThan(400);
        }
    }

    @Test
    void aModelServerThatComesBackAtItsAddressGetsWhatWaitedForIt() {
        // Given
        publish(arm("1.0.0", 0, 10_000, one));
        one.kill();
        try (Wire client = proxy.client().send(infer(token("alice", "")))) {
            await().untilAsserted(() -> assertThat(proxy.adminGet("/metrics"))
                    .contains("benchtop_proxy_inference_waiting{endpoint=\"iris\",} 1.0"));

            // When
            try (ModelStandIn again = new ModelStandIn("1.0.0", one.port())) {
                // Then
                assertThat(client.message()).startsWith("HTTP/1.1 200");
                assertThat(again.answered.get()).isEqualTo(1);
            }
        }
    }

    @Test
    void anArmThatServedAndFailedIsWaitedForAWhileOnly() {
        // Given
        publish(arm("1.0.0", 0, 10_000, one));
        publish(arm("1.0.0", 0, 10_000, ArmState.FAILED));
        String token = token("alice", "");
        try (Wire client = proxy.client().send(infer(token))) {
            await().untilAsserted(() -> assertThat(proxy.adminGet("/metrics"))
                    .contains("benchtop_proxy_inference_waiting{endpoint=\"iris\",} 1.0"));

            // When / Then
            assertThat(client.message()).startsWith("HTTP/1.1 503").contains("failed");
            assertThat(answer(infer(token))).startsWith("HTTP/1.1 503").contains("failed");
        }
    }

    /** S35. */
    @Test
    void aCallThatEndsEveryModelServerDoesNotReachThemAll() {
        // Given
        try (ModelStandIn three = new ModelStandIn("1.0.0")) {
            List<ModelStandIn> all = List.of(one, two, three);
            all.forEach(each -> {
                each.endsByEveryCall = true;
                each.remembers = true;
            });
            publish(arm("1.0.0", 0, 10_000, one, two, three));

            // When
            String answer = answer(infer(token("alice", "")));

            // Then
            assertThat(answer).startsWith("HTTP/1.1 50").contains("{\"error\":\"");
            assertThat(all.stream().filter(each -> !each.seen.isEmpty())).hasSize(2);
        }
    }

    @Test
    void sharesMoveAndArmsComeAndGoUnderLoadWithoutAFailure() throws Exception {
        // Given
        publish(arm("1.0.0", 0, 10_000, one));
        two.delayMillis = 2;
        try (Load load = new Load()) {
            load.more(300);
            for (int share : new int[] {0, 500, 2000, 5000, 10_000}) {
                // When
                publish(arm("1.0.0", 0, 10_000 - share, one), arm("2.0.0", 10_000 - share, 10_000, two));
                load.more(200);
            }
            publish(arm("2.0.0", 0, 10_000, two));
            load.more(200);
            publish(arm("1.0.0", 0, 10_000, one));
            load.more(200);
        }

        // Then
        assertThat(two.answered.get()).isPositive();
    }

    @Test
    void aCallIsNotRepeatedOnceAByteOfItsAnswerCame() {
        // Given
        try (ScriptedUpstream scripted = new ScriptedUpstream();
                Wire client = proxy.client()) {
            publish(arm("1.0.0", 0, 10_000, ArmState.READY, scripted.url(), one.url()));
            String token = token("alice", "");
            Wire server = null;
            for (int i = 0; i < 2 && server == null; i++) {
                client.send(infer(token));
                await().until(() -> scripted.untaken() > 0 || client.hasInput());
                if (scripted.untaken() > 0) {
                    server = scripted.next();
                } else {
                    client.message();
                }
            }
            int before = one.answered.get();

            // When
            server.message();
            server.send("HTTP/1.1 2");
            server.reset();

            // Then
            assertThat(client.message()).startsWith("HTTP/1.1 502").contains("{\"error\":\"", "X-Model-Version: 1.0.0");
            assertThat(one.answered.get()).isEqualTo(before);
        }
    }

    @Test
    void withoutAnyModelServerTheCallFailsInTheFormOfTheProtocol() {
        // Given
        one.kill();
        publish(arm("1.0.0", 0, 10_000, one));

        // When / Then
        assertThat(answer(infer(token("alice", ""))))
                .startsWith("HTTP/1.1 503")
                .contains(
                        "Retry-After: ",
                        "X-Model-Version: 1.0.0\r\n",
                        "Content-Type: application/json",
                        "{\"error\":\"");
    }

    // ---- limits

    @Test
    void aClientThatCallsTooOftenIsToldWhenToComeBack() {
        // Given
        publish(BY_USER, new Limits(0.1, 2, 0, 0, 0), null, arm("1.0.0", 0, 10_000, one));
        String shop = token("alice", ",\"client\":\"shop\"");

        // When / Then
        assertThat(answer(infer(shop))).startsWith("HTTP/1.1 200");
        assertThat(answer(infer(shop))).startsWith("HTTP/1.1 200");
        assertThat(answer(infer(shop))).startsWith("HTTP/1.1 429").contains("Retry-After: 10\r\n", "{\"error\":\"");
        assertThat(answer(infer(token("alice", ",\"client\":\"till\"")))).startsWith("HTTP/1.1 200");
    }

    @Test
    void aClientWhoseDaysQuotaIsSpentComesBackTomorrow() {
        // Given
        String shop = token("alice", ",\"client\":\"shop\"");
        String till = token("alice", ",\"client\":\"till\"");
        long today = LocalDate.now(ZoneOffset.UTC).toEpochDay();

        // When
        publish(BY_USER, Limits.NONE, new Spent(today, List.of("shop")), null, arm("1.0.0", 0, 10_000, one));
        String refused = answer(infer(shop));
        String other = answer(infer(till));
        publish(BY_USER, Limits.NONE, new Spent(today - 1, List.of("shop")), null, arm("1.0.0", 0, 10_000, one));
        String nextDay = answer(infer(shop));

        // Then
        assertThat(refused).startsWith("HTTP/1.1 429").contains("one day");
        assertThat(refused).containsPattern("Retry-After: [1-9][0-9]{0,4}\r\n");
        assertThat(other).startsWith("HTTP/1.1 200");
        assertThat(nextDay).startsWith("HTTP/1.1 200");
    }

    @Test
    void moreThanMayBeInProgressIsRefused() {
        // Given
        one.delayMillis = 3000;
        publish(BY_USER, new Limits(0, 0, 1, 0, 0), null, arm("1.0.0", 0, 10_000, one));
        String shop = token("alice", ",\"client\":\"shop\"");
        try (Wire busy = proxy.client()) {
            busy.send(infer(shop));
            await().untilAsserted(() -> assertThat(proxy.adminGet("/metrics"))
                    .contains("benchtop_proxy_inference_in_flight{endpoint=\"iris\",} 1.0"));

            // When / Then
            assertThat(answer(infer(shop))).startsWith("HTTP/1.1 429").contains("Retry-After: 1\r\n");
            assertThat(busy.message()).startsWith("HTTP/1.1 200");
            one.delayMillis = 0;
            assertThat(answer(infer(shop))).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aBodyThatIsTooLongIsRefusedWhetherItSaysSoOrNot() {
        // Given
        publish(BY_USER, new Limits(0, 0, 0, 0, 100), null, arm("1.0.0", 0, 10_000, one));
        String token = token("alice", "");

        // When
        String declared = answer(request("POST", INFER, token, "Content-Length: 101\r\n"));
        String chunked = answer(request("POST", INFER, token, "Transfer-Encoding: chunked\r\n") + "80\r\n"
                + "x".repeat(128) + "\r\n0\r\n\r\n");

        // Then
        assertThat(declared).startsWith("HTTP/1.1 413").contains("{\"error\":\"");
        assertThat(chunked).startsWith("HTTP/1.1 413").contains("{\"error\":\"");
        assertThat(one.answered.get()).isZero();
    }

    // ---- waiting for a model

    @Test
    void aCallOfAnArmThatSleepsWakesItAndIsForwardedWhenItIsThere() {
        // Given
        publish(arm("1.0.0", 0, 10_000, ArmState.ASLEEP));
        try (Wire client = proxy.client()) {
            client.send(infer(token("alice", "")));
            await().untilAsserted(() -> assertThat(proxy.control.wakes).contains("/internal/endpoints/iris:wake"));

            // When
            publish(arm("1.0.0", 0, 10_000, ArmState.STARTING));
            publish(arm("1.0.0", 0, 10_000, one));

            // Then
            assertThat(client.message()).startsWith("HTTP/1.1 200").contains("1.0.0");
        }
    }

    @Test
    void moreThanAHundredCallsDoNotWait() {
        // Given
        publish(arm("1.0.0", 0, 10_000, ArmState.STARTING));
        String token = token("alice", "");
        answer(request("GET", "/serve/rose/v2", token));
        List<Wire> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add(proxy.client().send(infer(token)));
        }
        await().untilAsserted(() -> assertThat(proxy.adminGet("/metrics"))
                .contains("benchtop_proxy_inference_waiting{endpoint=\"iris\",} 100.0"));

        // When / Then
        assertThat(answer(infer(token))).startsWith("HTTP/1.1 503").contains("Retry-After: ", "{\"error\":\"");
        publish(arm("1.0.0", 0, 10_000, one));
        waiting.forEach(client -> assertThat(client.message()).startsWith("HTTP/1.1 200"));
        waiting.forEach(Wire::close);
    }

    @Test
    void anArmThatFailedIsNotWaitedFor() {
        // Given
        publish(arm("1.0.0", 0, 10_000, ArmState.FAILED));

        // When / Then
        assertThat(answer(infer(token("alice", "")))).startsWith("HTTP/1.1 503").contains("Retry-After: ");
    }

    @Test
    void anEndpointThatIsRemovedIsGoneForWhoWaitsToo() {
        // Given
        publish(arm("1.0.0", 0, 10_000, ArmState.ASLEEP));
        try (Wire client = proxy.client()) {
            client.send(infer(token("alice", "")));
            await().until(() -> !proxy.control.wakes.isEmpty());

            // When
            proxy.control.removeEndpoint("iris");

            // Then
            assertThat(client.message()).startsWith("HTTP/1.1 404");
        }
    }

    // ---- usage

    @Test
    void usageIsToldOnceHoweverOftenItMustBeSent() {
        // Given
        publish(arm("1.0.0", 0, 10_000, one));
        proxy.control.usageStatus.set(503);
        String shop = token("alice", ",\"client\":\"shop\"");
        answer(infer(shop));
        answer(infer(shop));
        await().atMost(Duration.ofSeconds(60)).until(() -> proxy.control.usage.size() >= 2);

        // When
        answer(infer(token("alice", "")));
        int refusedReports = proxy.control.usage.size();
        proxy.control.usageStatus.set(204);

        // Then
        await().atMost(Duration.ofSeconds(60))
                .until(() -> proxy.control.usage.stream()
                        .skip(refusedReports)
                        .flatMap(report -> report.endpoints().stream())
                        .flatMap(endpoint -> endpoint.clients().stream())
                        .anyMatch(client -> client.client().equals("alice")));
        List<EndpointUsage.Report> all = proxy.control.usage;
        assertThat(all.subList(0, refusedReports))
                .extracting(EndpointUsage.Report::id)
                .containsOnly(all.getFirst().id());
        EndpointUsage first = all.getFirst().endpoints().getFirst();
        assertThat(first.name()).isEqualTo("iris");
        assertThat(first.clients()).containsExactly(new EndpointUsage.OfClient("shop", 2, 0, 0L));
        assertThat(first.arms().getFirst())
                .matches(arm -> arm.requests() == 2
                        && arm.failures() == 0
                        && arm.version().equals("1.0.0"));
        assertThat(first.arms().getFirst().latency().counts().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(2);
    }

    // ---- the shadow

    @Test
    void theShadowGetsTheCallWithItsAnswerAndNeverTheCaller() {
        // Given
        two.remembers = true;
        publish(
                BY_USER,
                Limits.NONE,
                new Shadow("2.0.0", 1),
                arm("1.0.0", 0, 10_000, one),
                arm("2.0.0", 10_000, 10_000, two));

        // When
        String answer = answer(infer(token("alice", ""), "Inference-Header-Content-Length: 13\r\n"));

        // Then
        assertThat(answer).startsWith("HTTP/1.1 200").contains("X-Model-Version: 1.0.0");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        await().until(() -> !two.seen.isEmpty());
        assertThat(two.seen.getFirst())
                .startsWith("POST /shadow/models/iris HTTP/1.1")
                .contains("X-Shadow-Request-Header-Length: 13", "X-Benchtop-Serving-Key: " + KEY)
                .doesNotContain("X-Shadow-Response-Header-Length")
                .endsWith("\0\0\0\0\0\0\0" + (char) BODY.length() + "\0\0\0\0\0\0\0" + (char) body.length() + BODY
                        + body);
    }

    @Test
    void aShadowThatHangsOrIsGoneIsNotNoticed() {
        // Given
        two.kill();
        publish(
                BY_USER,
                Limits.NONE,
                new Shadow("2.0.0", 1),
                arm("1.0.0", 0, 10_000, one),
                arm("2.0.0", 10_000, 10_000, two));
        String token = token("alice", "");

        // When / Then
        for (int i = 0; i < 50; i++) {
            assertThat(answer(infer(token))).startsWith("HTTP/1.1 200");
        }
        await().untilAsserted(() -> assertThat(proxy.adminGet("/metrics"))
                .contains("benchtop_proxy_inference_shadow_total{endpoint=\"iris\",outcome=\"failed\",} 50.0"));
    }

    @Test
    void endpointsAreKnownFromDiskWhileTheServiceIsAway() throws Exception {
        // Given
        publish(arm("1.0.0", 0, 10_000, one));
        String session = cookie(proxy.session("alice", "developer", "disk"));
        await().until(() -> Files.readString(proxy.stateFile).contains("\"iris\""));
        proxy.control.close();

        // When
        try (TestingProxy second = new TestingProxy(proxy);
                Wire client = second.client()) {
            client.send(infer(session, "Origin: http://" + HOST + "\r\n"));

            // Then
            assertThat(client.message()).startsWith("HTTP/1.1 200");
        }
    }
}
