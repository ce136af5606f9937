package io.benchtop.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A small registry with the model {@code late} and an endpoint {@code orders}, which can be told to be busy, to refuse and to break. */
final class FakeServing implements AutoCloseable {

    private static final String MODEL = "/api/v1/models/late";
    private static final String ENDPOINT = "/api/v1/endpoints/orders";

    /** Method and address of each request. */
    final List<String> asked = new ArrayList<>();
    /** Bodies of JSON by method and address; the last of each. */
    final Map<String, JsonObject> bodies = new HashMap<>();

    final Set<String> keys = new LinkedHashSet<>();
    final List<Long> waits = new ArrayList<>();
    /** Statuses of the next answers, whatever is asked; 0 breaks the connection. */
    volatile String retryAfter = "3";

    final Deque<Integer> statuses = new ArrayDeque<>();
    /** States of the version, one for each time that it is told; the last stays. */
    final Deque<String> states = new ArrayDeque<>(List.of("READY"));
    /** Whether every proxy goes by it, one for each time that it is told; the last stays. */
    final Deque<Boolean> inForce = new ArrayDeque<>(List.of(true));
    /** Phase and code of the rollout, one for each time that it is told; the last stays. */
    final Deque<String> phases = new ArrayDeque<>(List.of("\"STABLE\", \"code\": null"));

    private boolean trials;
    byte[] file = new byte[0];
    byte[] answer = new byte[0];
    int answerHead;
    byte[] question = new byte[0];
    Map<String, List<String>> questionHeaders = Map.of();
    private final HttpServer server;

    FakeServing() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    BenchtopClient client(Path folder) throws IOException {
        var token = Files.writeString(folder.resolve("token"), "case-token");
        var url = "http://127.0.0.1:" + server.getAddress().getPort();
        return Benchtop.connect(Map.of("BENCHTOP_URL", url, "BENCHTOP_TOKEN_FILE", token.toString()), waits::add);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().toString();
            var request = exchange.getRequestMethod() + " " + path;
            asked.add(request);
            var body = exchange.getRequestBody().readAllBytes();
            var status = statuses.isEmpty() ? 200 : statuses.poll();
            if (status == 0) {
                return;
            }
            if (path.startsWith("/serve/")) {
                infer(exchange, status, body);
            } else if (status != 200) {
                reply(exchange, status, "{\"code\": \"busy\", \"detail\": \"Not now.\"}", "application/problem+json");
            } else if (path.endsWith("/files/model.onnx")) {
                file = body;
                reply(exchange, 200, "{\"path\": \"model.onnx\", \"size\": " + body.length + "}", "application/json");
            } else {
                tell(exchange, request, path, new String(body, UTF_8));
            }
        }
    }

    private void tell(HttpExchange exchange, String request, String path, String body) throws IOException {
        if (!body.isEmpty()) {
            bodies.put(request, JsonParser.parseString(body).getAsJsonObject());
        }
        if (request.equals("POST " + MODEL + "/versions")) {
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        }
        if (request.startsWith("DELETE ")) {
            exchange.sendResponseHeaders(204, -1);
        } else if (path.equals("/api/v1/models?text=a%20b")) {
            reply(exchange, 200, "{\"models\": [" + model() + "]}", "application/json");
        } else if (request.equals("GET " + MODEL + "/versions")) {
            reply(exchange, 200, "{\"versions\": [" + version() + "]}", "application/json");
        } else if (path.startsWith(MODEL + "/versions")) {
            reply(exchange, 200, version(), "application/json");
        } else if (path.startsWith(MODEL)) {
            reply(exchange, 200, model(), "application/json");
        } else if (path.equals("/api/v1/endpoints")) {
            reply(exchange, 200, "{\"endpoints\": [" + endpoint() + "]}", "application/json");
        } else if (path.equals(ENDPOINT + "/tokens")) {
            reply(exchange, 201, """
                    {"id": "tok_1", "name": "shop", "token": "secret", "expiresAt": "2026-12-26T00:00:00Z"}""", "application/json");
        } else if (path.equals(ENDPOINT + "/outcomes")) {
            reply(exchange, 200, """
                    {"trial": 1, "phase": "RUNNING", "newUsers": 2, "newConversions": 1}""", "application/json");
        } else if (request.equals("GET " + ENDPOINT + "/trials")) {
            reply(exchange, 200, "{\"trials\": [" + (trials ? trial("RUNNING") : "") + "]}", "application/json");
        } else if (path.startsWith(ENDPOINT + "/trials")) {
            trials = true;
            reply(exchange, 200, trial(path.endsWith(":stop") ? "STOPPED" : "RUNNING"), "application/json");
        } else if (path.startsWith(ENDPOINT)) {
            reply(exchange, 200, endpoint(), "application/json");
        } else {
            reply(exchange, 404, "{\"code\": \"not_found\", \"detail\": \"No.\"}", "application/problem+json");
        }
    }

    private String version() {
        var state = states.size() > 1 ? states.poll() : states.peek();
        return """
                {"model": "late", "version": "0.0.2", "number": 2, "state": "%s", "stateCode": %s, "stateMessage": %s,
                 "format": "onnx", "servable": true, "createdBy": "alice", "createdAt": "2026-11-21T09:00:00Z",
                 "approval": "NOT_NEEDED", "metrics": {"auc": 0.91}, "aliases": ["champion"],
                 "signature": {"inputs": [{"name": "X", "datatype": "FP32", "shape": [-1, 2]}], "outputs": []}}""".formatted(
                        state,
                        state.equals("REFUSED") ? "\"SAMPLE_DIFFERS\"" : "null",
                        state.equals("REFUSED") ? "\"It answers otherwise.\"" : "null");
    }

    private String model() {
        return """
                {"name": "late", "owner": "alice", "aliases": {"champion": "0.0.2"}, "latest": %s,
                 "createdAt": "2026-11-21T09:00:00Z", "changedAt": "2026-11-21T09:00:00Z"}""".formatted(version());
    }

    private static String trial(String phase) {
        return """
                {"endpoint": "orders", "number": 1, "metric": "conversion", "phase": "%s", "message": "Not conclusive yet.",
                 "control": {"version": "0.0.1", "percent": 50.0, "users": 200, "conversions": 10, "rate": 0.05},
                 "candidate": {"version": "0.0.2", "percent": 50.0, "users": 0, "conversions": 0, "rate": null},
                 "plan": {"baseline": 0.05, "minimalEffect": 0.15, "alpha": 0.05, "power": 0.8, "stopping": "AT_HORIZON",
                          "horizon": 14193, "switchAbove": null},
                 "progress": {"users": 0, "share": 0.25}, "difference": null, "uplift": {"low": -0.1, "value": 0.2, "high": null},
                 "pValue": null, "startedBy": "alice", "startedAt": "2026-11-21T09:00:00Z", "since": "2026-11-21T09:00:00Z"}""".formatted(phase);
    }

    private String endpoint() {
        var phase = phases.size() > 1 ? phases.poll() : phases.peek();
        return """
                {"name": "orders", "owner": "alice", "model": "late", "url": "/serve/orders", "callers": [], "history": [],
                 "arms": [{"version": "0.0.2", "percent": 100.0, "state": "READY", "replicas": 1, "readyReplicas": 1,
                           "requests": 8, "errorRate": 0.125, "p50Millis": 1.5, "p99Millis": 4.0}],
                 "rollout": {"phase": %s, "steps": [], "message": "So it is.", "since": "2026-11-21T09:00:00Z"},
                 "inForce": %s,
                 "settings": {"sticky": {"header": "X-User-Id", "cookie": false}},
                 "createdAt": "2026-11-21T09:00:00Z", "changedAt": "2026-11-21T09:00:00Z"}""".formatted(phase, inForce.size() > 1 ? inForce.poll() : inForce.peek());
    }

    private void infer(HttpExchange exchange, int status, byte[] body) throws IOException {
        question = body;
        questionHeaders = Map.copyOf(exchange.getRequestHeaders());
        if (status != 200) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            reply(exchange, status, "{\"error\": \"input 'X' is wrong\"}", "application/json");
            return;
        }
        exchange.getResponseHeaders().set("X-Model-Version", "0.0.2");
        if (answerHead > 0) {
            exchange.getResponseHeaders().set("Inference-Header-Content-Length", Integer.toString(answerHead));
        }
        exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
    }

    private static void reply(HttpExchange exchange, int status, String text, String type) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, text.getBytes(UTF_8).length);
        exchange.getResponseBody().write(text.getBytes(UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
