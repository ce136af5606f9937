package io.benchtop.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.serving.Rollout;
import io.benchtop.sdk.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Endpoints as a Java program meets them: promoting, waiting, going back, and asking for answers. */
class EndpointIT {

    private static final String ENDPOINT = "/api/v1/endpoints/orders";
    private static final Map<String, Tensor> ROWS = Map.of("X", Tensor.fp32(new double[][] {{1, 2}}));

    @TempDir
    private Path folder;

    private FakeServing service;
    private BenchtopClient client;

    @BeforeEach
    void start() throws IOException {
        service = new FakeServing();
        client = service.client(folder);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private String promoted(Rollout rollout) {
        client.promote(client.model("late").version("0.0.2"), "orders", rollout);
        return service.bodies.get("POST " + ENDPOINT + ":promote").toString();
    }

    @Test
    void aRolloutIsWrittenForTheService() {
        var of = "{\"model\":\"late\",\"version\":\"0.0.2\",\"strategy\":";
        assertThat(promoted(Rollout.allAtOnce())).isEqualTo(of + "{\"kind\":\"ALL_AT_ONCE\"}}");
        assertThat(promoted(Rollout.shadow(25))).isEqualTo(of + "{\"kind\":\"SHADOW\",\"percent\":25}}");
        assertThat(promoted(Rollout.split(Map.of("0.0.2", 100)).stickyCookie()))
                .isEqualTo(
                        of
                                + "{\"kind\":\"SPLIT\",\"weights\":{\"0.0.2\":100.0}},\"settings\":{\"sticky\":{\"cookie\":true}}}");
        assertThat(promoted(Rollout.canary()))
                .isEqualTo(of + "{\"kind\":\"CANARY\",\"steps\":[5,20,50],\"everySeconds\":1800,\"guards\":{}}}");
        assertThat(promoted(Rollout.canary(5, 20)
                        .every(Duration.ofSeconds(90))
                        .maxErrorRate(0.01)
                        .maxP99(Duration.ofMillis(50))
                        .stickyHeader("X-User-Id")))
                .isEqualTo(of + "{\"kind\":\"CANARY\",\"steps\":[5,20],\"everySeconds\":90,"
                        + "\"guards\":{\"maxErrorRate\":0.01,\"maxP99Millis\":50.0}},"
                        + "\"settings\":{\"sticky\":{\"header\":\"X-User-Id\",\"cookie\":false}}}");
    }

    @Test
    void hardwareIsChosenWithTheVersion() {
        client.promote(
                client.model("late").version("0.0.2"),
                "orders",
                Rollout.canary().stickyCookie(),
                "gpu");
        assertThat(service.bodies.get("POST " + ENDPOINT + ":promote").toString())
                .endsWith("\"settings\":{\"sticky\":{\"cookie\":true},\"hardware\":\"gpu\"}}");
    }

    @Test
    void whatIsNoRolloutIsRefusedBeforeAnythingIsSent() {
        for (Runnable wrong : List.<Runnable>of(
                () -> Rollout.canary(20, 5),
                () -> Rollout.canary(50, 100),
                () -> Rollout.canary().every(Duration.ZERO),
                () -> Rollout.canary().every(Duration.ofMillis(1500)),
                () -> Rollout.canary().stickyHeader(" "),
                () -> Rollout.split(Map.of("0.0.1", 90)),
                () -> Rollout.split(Map.of("0.0.1", 110, "0.0.2", -10)),
                () -> Rollout.shadow(0))) {
            assertThatThrownBy(wrong::run).hasMessageContaining("bad_strategy");
        }
        assertThatThrownBy(() -> client.endpoint("No Name")).hasMessageContaining("is no name of an endpoint");
    }

    @Test
    void waitsUntilItServes() {
        // Given
        service.phases.addFirst("\"SWITCHING\", \"code\": null");
        service.phases.addFirst("\"PROGRESSING\", \"code\": null");

        // When
        var endpoint = client.endpoints().get(0).await();

        // Then
        assertThat(endpoint.rollout().phase()).isEqualTo("STABLE");
        assertThat(service.waits).containsExactly(1L);
        assertThat(endpoint)
                .hasToString(
                        "Endpoint(endpoint: orders, model: late, owner: alice, url: /serve/orders, rollout: STABLE: So it is.,"
                                + " version 0.0.2: 100 %, READY, 1 of 1 servers, 8 requests, 12.5 % failed, p99 4 ms)");
    }

    @Test
    void waitsUntilEveryProxyGoesByIt() {
        // Given
        service.inForce.addFirst(false);
        service.inForce.addFirst(false);

        // When
        client.endpoints().get(0).await();

        // Then
        assertThat(service.waits).containsExactly(1L);
    }

    @Test
    void aBrokenGuardIsAFailureAndARollbackThatWasWantedIsNone() {
        // Given
        var endpoint = client.endpoint("orders");
        service.phases.clear();
        service.phases.add("\"ROLLED_BACK\", \"code\": \"ASKED\"");

        // Then
        assertThat(endpoint.rollback(" slow ").await().rollout().phase()).isEqualTo("ROLLED_BACK");
        assertThat(service.bodies.get("POST " + ENDPOINT + ":rollback")).hasToString("{\"reason\":\"slow\"}");
        assertThatThrownBy(() -> endpoint.rollback(" ")).hasMessageContaining("reason_missing");

        // Given
        service.phases.addFirst("\"ROLLED_BACK\", \"code\": \"ERROR_RATE\"");

        // Then
        assertThatThrownBy(endpoint::await)
                .hasMessageContaining("rolled_back")
                .hasMessageContaining("ROLLED_BACK: So it is.");
    }

    @Test
    void waitingEnds() {
        // Given
        var endpoint = client.endpoint("orders");
        service.phases.clear();
        service.phases.add("\"PROGRESSING\", \"code\": null");

        // Then
        assertThatThrownBy(() -> endpoint.await(Duration.ofSeconds(1)))
                .hasMessageContaining("still_progressing")
                .hasMessageContaining("Benchtop.endpoint(\"orders\").await()");
    }

    @Test
    void aTokenIsNotShown() {
        // When
        var token = client.endpoint("orders").token("shop", Duration.ofDays(1));
        client.endpoint("orders").delete();

        // Then
        assertThat(token.token()).isEqualTo("secret");
        assertThat(token).asString().contains("client: shop").doesNotContain("secret");
        assertThat(service.bodies.get("POST " + ENDPOINT + "/tokens"))
                .hasToString("{\"client\":\"shop\",\"expiresIn\":\"P1D\"}");
        assertThat(service.asked).contains("DELETE " + ENDPOINT);
    }

    private void givenAnswer(String head, int... tensors) {
        var json = head.getBytes(UTF_8);
        var all = ByteBuffer.allocate(json.length + tensors.length).put(json);
        for (int each : tensors) {
            all.put((byte) each);
        }
        service.answerHead = json.length;
        service.answer = all.array();
    }

    @Test
    void asksWithTensorsAsBytesAndReadsThem() {
        // Given
        givenAnswer("""
                {"model_name": "orders", "outputs": [
                 {"name": "label", "datatype": "INT64", "shape": [1], "parameters": {"binary_data_size": 8}},
                 {"name": "city", "datatype": "BYTES", "shape": [1], "parameters": {"binary_data_size": 7}},
                 {"name": "p", "datatype": "FP32", "shape": [1, 2], "data": [[0.25, 0.75]]}]}""", 1, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 'U', 'l', 'm');

        // When
        var answer = client.endpoint("orders").client().sticky("anna").infer(ROWS);

        // Then
        assertThat(answer.version()).isEqualTo("0.0.2");
        assertThat(answer.arm()).isEmpty();
        assertThat(answer.output("label").longs()).containsExactly(1);
        assertThat(answer.output("city").strings()).containsExactly("Ulm");
        assertThat(answer.output("p")).isEqualTo(Tensor.fp32(new double[][] {{0.25, 0.75}}));
        assertThatThrownBy(() -> answer.output("q")).hasMessageContaining("[label, city, p]");
        assertThat(service.questionHeaders).containsEntry("X-user-id", List.of("anna"));
        var head = Integer.parseInt(
                service.questionHeaders.get("Inference-header-content-length").get(0));
        assertThat(new String(service.question, 0, head, UTF_8))
                .isEqualTo(
                        "{\"parameters\":{\"binary_data_output\":true},\"inputs\":[{\"name\":\"X\",\"datatype\":\"FP32\","
                                + "\"shape\":[1,2],\"parameters\":{\"binary_data_size\":8}}]}");
        var raw = ByteBuffer.wrap(Arrays.copyOfRange(service.question, head, service.question.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(List.of(raw.getFloat(), raw.getFloat())).containsExactly(1f, 2f);
    }

    @Test
    void asksOneVersionForOneOutput() {
        // Given
        givenAnswer("{\"outputs\": []}");

        // When
        client.endpoint("orders").client().version("0.0.2").infer(ROWS, "label");

        // Then
        assertThat(service.asked).contains("POST /serve/orders/v2/models/orders/versions/0.0.2/infer");
        assertThat(new String(service.question, UTF_8)).contains("\"outputs\":[{\"name\":\"label\"}]");
    }

    @Test
    void aBusyEndpointIsAskedAgainFourTimesAtMost() {
        // Given
        givenAnswer("{\"outputs\": []}");
        var asking = client.endpoint("orders").client();
        service.statuses.addAll(List.of(429, 503));

        // Then
        assertThat(asking.infer(ROWS).outputs()).isEmpty();
        assertThat(service.waits).containsExactly(3L, 3L);

        // Given
        service.statuses.addAll(List.of(429, 429, 429, 429));

        // Then
        assertThatThrownBy(() -> asking.infer(ROWS)).hasMessageContaining("too_many_requests");
        assertThat(service.waits).hasSize(5);
    }

    @Test
    void aQuotaThatIsUsedUpForTheDayIsNotWaitedFor() {
        // Given
        var asking = client.endpoint("orders").client();
        service.statuses.add(429);
        service.retryAfter = "40000";

        // Then
        assertThatThrownBy(() -> asking.infer(ROWS)).hasMessageContaining("too_many_requests");
        assertThat(service.waits).isEmpty();
    }

    @Test
    void aBrokenConnectionIsAskedOnceMore() {
        // Given
        givenAnswer("{\"outputs\": []}");
        var asking = client.endpoint("orders").client();
        service.statuses.add(0);

        // Then
        assertThat(asking.infer(ROWS).outputs()).isEmpty();

        // Given
        service.statuses.addAll(List.of(0, 0, 0, 0));

        // Then
        assertThatThrownBy(() -> asking.infer(ROWS)).hasMessageContaining("service_unreachable");
    }

    @ParameterizedTest
    @CsvSource({"400, bad_request", "403, forbidden", "404, not_found", "413, too_large", "418, inference_failed"})
    void aRefusalHasTheProtocolsSentence(int status, String code) {
        // Given
        var asking = client.endpoint("orders").client();
        service.statuses.add(status);

        // Then
        assertThatThrownBy(() -> asking.infer(ROWS)).isInstanceOfSatisfying(BenchtopException.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.detail()).isEqualTo("input 'X' is wrong");
            assertThat(refused.status()).isEqualTo(status);
        });
    }

    @Test
    void whatIsNoAnswerIsToldAsSuch() {
        // Given
        var asking = client.endpoint("orders").client();
        givenAnswer("<html>");

        // Then
        assertThatThrownBy(() -> asking.infer(ROWS)).hasMessageContaining("unexpected_answer");

        // Given
        givenAnswer("""
                {"outputs": [{"name": "y", "datatype": "FP32", "shape": [2], "parameters": {"binary_data_size": 8}}]}""", 1, 2);

        // Then
        assertThatThrownBy(() -> asking.infer(ROWS)).hasMessageContaining("unexpected_answer");
    }
}
