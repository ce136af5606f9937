package io.benchtop.sdk.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.benchtop.sdk.rest.Access;
import io.benchtop.sdk.rest.RestClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run against a service that notes what it is told, and may be away. */
class RunIT {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1000), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private HttpServer server;
    private final List<String> verbs = new ArrayList<>();
    private final List<JsonObject> batches = new ArrayList<>();
    private final List<JsonObject> made = new ArrayList<>();
    private final List<JsonObject> updates = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();
    private volatile int away;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var path = exchange.getRequestURI().getPath();
            if (away > 0) {
                away--;
                reply(exchange, 503, "{}");
                return;
            }
            verbs.add(path.substring(path.indexOf("/2.0/") + 5));
            if (path.contains("mlflow-artifacts")) {
                kept.add(body);
                reply(exchange, 200, "{}");
            } else if (path.endsWith("get-by-name")) {
                reply(exchange, 404, "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\"}");
            } else {
                tell(exchange, path, JsonParser.parseString(body).getAsJsonObject());
            }
        }
    }

    private void tell(HttpExchange exchange, String path, JsonObject body) throws IOException {
        if (path.endsWith("log-batch")) {
            batches.add(body);
        } else if (path.endsWith("runs/create")) {
            made.add(body);
        } else if (path.endsWith("runs/update")) {
            updates.add(body);
        }
        reply(
                exchange,
                200,
                "{\"experiment_id\": \"7\", \"run\": {\"info\": {\"run_id\": \"abc\", \"artifact_uri\": \"mlflow-artifacts:/7/abc/artifacts\"}}}");
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, text.length());
        exchange.getResponseBody().write(text.getBytes(UTF_8));
    }

    private RestClient rest() {
        var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/mlflow";
        return new RestClient(Access.of(url, Optional.of("token")), "test", seconds -> {});
    }

    private Run run() {
        var context = new RunContext(Map.of("BENCHTOP_WORKSPACE", "ws_1", "BENCHTOP_IMAGE", "registry.example/cpu:1"));
        return Run.begin(rest(), "churn", List.of(new Input("sales/orders", 3, "d".repeat(64))), context, CLOCK);
    }

    /** Without what a run tells of itself as it ends. */
    private List<String> told(String kind) {
        return pairs(batches, kind)
                .filter(each -> !each.startsWith("benchtop.used."))
                .toList();
    }

    private static Stream<String> pairs(List<JsonObject> bodies, String kind) {
        return bodies.stream()
                .flatMap(body -> body.getAsJsonArray(kind).asList().stream())
                .map(each -> each.getAsJsonObject().get("key").getAsString() + "="
                        + each.getAsJsonObject().get("value").getAsString());
    }

    @Test
    void tellsAllInItsOrderAndEndsTheRun() throws IOException {
        // Given
        var file = Files.writeString(folder.resolve("model.txt"), "weights");

        // When
        try (var run = run()) {
            run.params(Map.of("rate", 0.1));
            run.metric("loss", 2.5, 1);
            run.metric("loss", Double.NaN, 2);
            run.tag("kind", "test");
            run.artifact(file);
        }

        // Then
        assertThat(told("params")).containsExactly("rate=0.1");
        assertThat(told("metrics")).containsExactly("loss=2.5", "loss=NaN");
        assertThat(told("tags")).containsExactly("kind=test");
        assertThat(kept).containsExactly("weights");
        assertThat(verbs)
                .startsWith(
                        "mlflow/experiments/get-by-name",
                        "mlflow/experiments/create",
                        "mlflow/runs/create",
                        "mlflow/runs/log-inputs")
                .contains("mlflow-artifacts/artifacts/7/abc/artifacts/model.txt")
                .endsWith("mlflow/runs/update");
        assertThat(updates).hasSize(1);
        assertThat(updates.get(0).get("status").getAsString()).isEqualTo("FINISHED");
    }

    @Test
    void tellsByItselfWhereItIsAndWhatItUsed() {
        // When
        run().close();

        // Then
        assertThat(pairs(made, "tags")).contains("benchtop.image=registry.example/cpu:1");
        assertThat(pairs(batches, "tags"))
                .hasSize(2)
                .anyMatch(tag -> tag.matches("benchtop\\.used\\.cpu_seconds=\\d+\\.\\d\\d"))
                .anyMatch(tag -> tag.matches("benchtop\\.used\\.peak_memory_bytes=\\d{7,}"));
    }

    @Test
    void batchesAreNoLargerThanMlflowTakes() {
        // When
        try (var run = run()) {
            for (int i = 0; i < 2500; i++) {
                run.metric("loss", i, i);
            }
            for (int i = 0; i < 250; i++) {
                run.param("p" + i, i);
            }
        }

        // Then
        assertThat(told("metrics")).hasSize(2500);
        assertThat(told("params")).hasSize(250);
        assertThat(batches).allSatisfy(batch -> {
            assertThat(size(batch, "metrics")).isLessThanOrEqualTo(1000);
            assertThat(size(batch, "params")).isLessThanOrEqualTo(100);
        });
    }

    private static int size(JsonObject batch, String kind) {
        JsonArray all = batch.getAsJsonArray(kind);
        return all.size();
    }

    @Test
    void anExceptionFailsTheRunAndGoesOnItsWay() {
        // When
        assertThatThrownBy(() -> run().around(run -> {
                    throw new IOException("mine");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("mine");

        // Then
        assertThat(updates.get(0).get("status").getAsString()).isEqualTo("FAILED");
        assertThat(told("tags")).containsExactly("benchtop.failure=java.io.IOException: mine");
    }

    @Test
    void aServiceThatIsAwayIsToldLater() {
        // Given
        away = 4;

        // When
        try (var run = run()) {
            run.metric("loss", 1);
        }

        // Then
        assertThat(told("metrics")).containsExactly("loss=1.0");
        assertThat(updates).hasSize(1);
    }

    @Test
    void moreThanFitsIsDroppedAndCounted() {
        // Given
        var sender = new Sender(new MlflowRuns(rest(), "churn", List.of(), new RunContext(Map.of()), CLOCK), 10);
        for (int i = 0; i < 25; i++) {
            sender.metric(new Metric("loss", i, 0, i));
        }

        // When
        sender.start();
        sender.finish(Duration.ofMinutes(1));

        // Then
        assertThat(told("metrics")).hasSize(10);
        assertThat(told("tags")).containsExactly("benchtop.dropped_metrics=15");
    }

    @Test
    void aServiceThatNeverAnswersKeepsNobody() {
        // Given
        server.stop(0);
        var sender = new Sender(new MlflowRuns(rest(), "churn", List.of(), new RunContext(Map.of()), CLOCK), 10);

        // When
        sender.start();
        sender.metric(new Metric("loss", 1, 0, 0));
        sender.finish(Duration.ofMillis(50));

        // Then
        assertThat(sender.id()).isEmpty();
    }
}
