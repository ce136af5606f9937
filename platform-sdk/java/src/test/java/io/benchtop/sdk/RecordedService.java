package io.benchtop.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Answers with the exchanges of one recorded case, in their order, and notes every difference. */
final class RecordedService implements AutoCloseable {

    private final HttpServer server;
    private final JsonObject recorded;
    private final JsonArray exchanges;
    private final Path tokenFile;
    private final List<String> differences = new ArrayList<>();
    private int next;

    private RecordedService(HttpServer server, JsonObject recorded, Path tokenFile) {
        this.server = server;
        this.recorded = recorded;
        this.exchanges = recorded.getAsJsonArray("exchanges");
        this.tokenFile = tokenFile;
    }

    static RecordedService start(JsonObject recorded, Path tokenFile) throws IOException {
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        var service = new RecordedService(server, recorded, tokenFile);
        server.createContext("/", service::answer);
        server.start();
        return service;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (next >= exchanges.size()) {
                differences.add("a request too many: " + exchange.getRequestMethod() + " " + exchange.getRequestURI());
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            var expected = exchanges.get(next++).getAsJsonObject();
            compare(expected.getAsJsonObject("request"), exchange);
            if (next == 1 && recorded.has("renewedToken")) {
                Files.writeString(tokenFile, recorded.get("renewedToken").getAsString());
            }
            reply(expected.getAsJsonObject("response"), exchange);
        }
    }

    private void compare(JsonObject request, HttpExchange exchange) throws IOException {
        var asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        var wanted =
                request.get("method").getAsString() + " " + request.get("path").getAsString();
        note(wanted, asked);
        request.getAsJsonObject("headers")
                .asMap()
                .forEach((name, value) ->
                        note(value.getAsString(), exchange.getRequestHeaders().getFirst(name)));
        var bytes = exchange.getRequestBody().readAllBytes();
        var body = new String(bytes, UTF_8);
        if (request.has("bodyBase64")) {
            note(request.get("bodyBase64").getAsString(), Base64.getEncoder().encodeToString(bytes));
        } else if (request.has("body")) {
            note(request.get("body").toString(), JsonParser.parseString(body).toString());
        } else {
            note("", body);
        }
    }

    private void note(String wanted, String seen) {
        if (!wanted.equals(seen)) {
            differences.add("wanted " + wanted + " but saw " + seen);
        }
    }

    private static void reply(JsonObject response, HttpExchange exchange) throws IOException {
        if (response.has("close")) {
            return;
        }
        response.getAsJsonObject("headers")
                .asMap()
                .forEach((name, value) -> exchange.getResponseHeaders().set(name, value.getAsString()));
        var bytes = content(response);
        exchange.sendResponseHeaders(response.get("status").getAsInt(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static byte[] content(JsonObject response) {
        if (response.has("base64")) {
            return Base64.getDecoder().decode(response.get("base64").getAsString());
        }
        return (response.has("text")
                        ? response.get("text").getAsString()
                        : response.get("body").toString())
                .getBytes(UTF_8);
    }

    void thenEverythingHappened() {
        assertThat(differences).isEmpty();
        assertThat(next).isEqualTo(exchanges.size());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
