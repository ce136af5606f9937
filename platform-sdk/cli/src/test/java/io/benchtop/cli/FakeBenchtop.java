package io.benchtop.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service of canned answers, one for each method and path; what is not canned is a 404 with a problem document. */
final class FakeBenchtop implements AutoCloseable {

    static final String ID = "ws_7kq2m4xw3abc";

    /** One answer. */
    private record Canned(int status, String type, String body) {}

    /** One request as it came. */
    record Request(String line, String authorization, String body) {}

    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Canned> answers = new LinkedHashMap<>();
    private final HttpServer server;

    private FakeBenchtop(HttpServer server) {
        this.server = server;
    }

    static FakeBenchtop start() throws IOException {
        return startAt(0);
    }

    static FakeBenchtop startAt(int port) throws IOException {
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        var fake = new FakeBenchtop(server).withEverything();
        server.createContext("/", fake::answer);
        server.start();
        return fake;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    FakeBenchtop json(String request, int status, String body) {
        answers.put(request, new Canned(status, "application/json", body));
        return this;
    }

    FakeBenchtop problem(String request, int status, String code, String detail) {
        var body = "{\"status\":%d,\"code\":\"%s\",\"detail\":\"%s\"}".formatted(status, code, detail);
        answers.put(request, new Canned(status, "application/problem+json", body));
        return this;
    }

    FakeBenchtop text(String request, String type, String body) {
        answers.put(request, new Canned(200, type, body));
        return this;
    }

    static String workspace(String state, String message) {
        return """
        {"id":"%s","slug":"exp","displayName":"Experiments","owner":"alice","profile":"small",
         "state":{"code":"%s","phase":null,"reasonCode":null,"message":"%s","since":"2026-11-21T09:00:05Z","logTail":["the last line"]},
         "path":"/user/alice/exp/","url":"http://127.0.0.1:8080/user/alice/exp/","createdAt":"2026-11-20T08:00:00Z",
         "startedAt":null,"memoryBytes":314572800,"resources":{"memoryBytes":2147483648,"processes":256,"cpus":2},
         "limits":null,"keepAliveUntil":null,"lastActivity":null,"filesPath":"/data/homes/alice/exp"}""".formatted(ID, state, message).replace("\n", "");
    }

    private static String profile() {
        return """
        {"slug":"gpu","displayName":"With a GPU","description":"For training.",
         "resources":{"memoryBytes":17179869184,"processes":1000,"cpus":4.0},"image":"registry.example.org/torch:1",
         "images":[{"slug":"jax","displayName":"JAX","image":"registry.example.org/jax:1"}],
         "gpu":{"resource":"nvidia.com/gpu","count":1},
         "allowedOverrides":{"memoryBytes":34359738368,"cpus":null,"gpus":2,"image":true},
         "startTimeout":null,"maxLifetime":"PT72H","retired":false,"nodeSelector":null,"tolerations":null,
         "volumes":null,"env":null,"audience":null,"warmServers":null,"compatibility":null}""".replace("\n", "");
    }

    private FakeBenchtop withEverything() {
        var base = "/api/v1/workspaces/" + ID;
        return json("GET /api/v1/me", 200, """
                {"user":{"name":"alice","displayName":"Alice Example","role":"developer"},"workspace":null,
                 "credential":{"kind":"token","expiresAt":"2026-12-21T09:00:00Z"}}""")
                .json(
                        "POST /api/v1/login",
                        200,
                        "{\"token\":\"bt_tokenid_secret\",\"expiresAt\":\"2026-12-21T09:00:00Z\"}")
                .json("GET /api/v1/workspaces", 200, "{\"workspaces\":[" + workspace("RUNNING", "Running") + "]}")
                .json(
                        "GET /api/v1/workspaces?owner=*",
                        200,
                        "{\"workspaces\":[" + workspace("RUNNING", "Running") + "]}")
                .json(
                        "GET /api/v1/workspaces?owner=alice",
                        200,
                        "{\"workspaces\":[" + workspace("RUNNING", "Running") + "]}")
                .json("GET /api/v1/profiles", 200, "{\"profiles\":[" + profile() + "],\"defaultProfile\":\"gpu\"}")
                .json("GET /api/v1/profiles/gpu", 200, profile())
                .json("GET /api/v1/datasets", 200, "{\"datasets\":[]}")
                .json("GET /api/v1/connections", 200, "{\"connections\":[]}")
                .json("GET /api/v1/models", 200, "{\"models\":[" + ServingJson.model() + "]}")
                .json("GET /api/v1/models/risk", 200, ServingJson.model())
                .json("PUT /api/v1/models/risk/aliases/production", 200, ServingJson.model())
                .json("GET /api/v1/endpoints", 200, "{\"endpoints\":[" + ServingJson.endpoint() + "]}")
                .json("GET /api/v1/endpoints/risk", 200, ServingJson.endpoint())
                .json("GET /api/v1/endpoints/risk/trials", 200, "{\"trials\":[" + ServingJson.trial() + "]}")
                .json("POST /api/v1/endpoints/risk:promote", 202, ServingJson.endpoint())
                .json("POST /api/v1/endpoints/risk:rollback", 202, ServingJson.endpoint())
                .json("POST /api/v1/workspaces", 201, workspace("STARTING", "Starting the server"))
                .json("GET " + base, 200, workspace("RUNNING", "Running"))
                .json("POST " + base + ":start", 202, workspace("STARTING", "Starting the server"))
                .json("POST " + base + ":stop", 202, workspace("STOPPED", "Stopped"))
                .json("DELETE " + base + "?files=keep", 202, "")
                .json("DELETE " + base + "?files=delete", 202, "")
                .text("GET " + base + "/log?lines=200", "text/plain", "first line\nsecond \u001b[31mline\n")
                .text("GET " + base + "/log?lines=1000", "text/plain", "first line\n")
                .text("GET " + base + "/events", "text/event-stream", events())
                .json("POST " + base + ":keep-alive", 200, "{\"until\":\"2026-11-21T11:30:00Z\",\"reason\":\"demo\"}")
                .json("GET /api/v1/tokens", 200, """
                        {"tokens":[{"id":"tokenid","name":"nightly","createdAt":"2026-11-21T09:00:00Z",
                         "expiresAt":"2026-12-21T09:00:00Z","lastUsedAt":null}]}""")
                .json("POST /api/v1/tokens", 201, """
                        {"id":"tokenid","name":"nightly","token":"bt_tokenid_secret","expiresAt":"2026-12-21T09:00:00Z"}""")
                .json("DELETE /api/v1/tokens/tokenid", 204, "")
                .json("GET /api/v1/status", 200, """
                        {"version":"0.1.0","spawner":"local","database":"h2","limits":{"memory":"watched","processes":"none"},
                         "warnings":["All workspaces run as one user of this system."]}""");
    }

    private static String events() {
        return ": comment\n\nevent: state\ndata: " + workspace("STARTING", "Starting the server")
                + "\n\nevent: log\ndata: {\"line\":\"Jupyter Server is coming\"}\n\nevent: heartbeat\ndata: {}\n\nevent: state\ndata: "
                + workspace("RUNNING", "Running") + "\n\n";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var authorization = exchange.getRequestHeaders().getFirst("Authorization");
            requests.add(new Request(line, authorization == null ? "" : authorization, body));
            var canned = answers.getOrDefault(
                    line,
                    new Canned(
                            404,
                            "application/problem+json",
                            "{\"status\":404,\"code\":\"not_found\",\"detail\":\"There is no " + line + ".\"}"));
            if (!exchange.getRequestHeaders().getFirst("Accept").contains(canned.type())) {
                exchange.sendResponseHeaders(406, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", canned.type());
            var bytes = canned.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(canned.status(), bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
