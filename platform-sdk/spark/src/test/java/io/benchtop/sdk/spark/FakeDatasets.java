package io.benchtop.sdk.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.benchtop.api.dataset.Column;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A small service with one dataset {@code sales/orders}, which notes how it is opened and can be told to break. */
final class FakeDatasets implements AutoCloseable {

    static final String NAME = "sales/orders";
    static final String TOKEN = "case-token";
    private static final String WHEN = "2026-11-21T09:00:00Z";
    private static final String AT = "/api/v1/datasets/" + NAME;
    private static final Gson GSON = new Gson();

    final List<String> asked = new ArrayList<>();
    final List<JsonObject> opened = new ArrayList<>();
    List<Column> columns = List.of();
    String format = "parquet";
    int newest = 3;
    /** The answer to each read, by the columns that are asked for. */
    Stream stream = columns -> new byte[0];
    /** After how many bytes the next streams end. */
    final List<Integer> breaks = new ArrayList<>();

    private final HttpServer server;

    @FunctionalInterface
    interface Stream {
        byte[] of(List<String> columns) throws IOException;
    }

    FakeDatasets() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            asked.add(exchange.getRequestMethod() + " " + path);
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                refuse(exchange, 401, "unauthenticated", "Sign in first.");
            } else if (path.equals(AT + ":open")) {
                opened.add(JsonParser.parseString(body).getAsJsonObject());
                reply(exchange, 200, plan(), "application/json");
            } else if (path.endsWith("/arrow")) {
                send(exchange);
            } else if (path.startsWith(AT + "/versions/")) {
                reply(
                        exchange,
                        200,
                        version(Integer.parseInt(path.substring((AT + "/versions/").length()))),
                        "application/json");
            } else if (path.equals(AT)) {
                reply(exchange, 200, dataset(), "application/json");
            } else {
                refuse(exchange, 404, "not_found", "There is no such dataset, or it is not for you.");
            }
        }
    }

    private void send(HttpExchange exchange) throws IOException {
        var chosen = opened.get(opened.size() - 1).getAsJsonArray("columns").asList().stream()
                .map(column -> column.getAsString())
                .toList();
        var content = stream.of(chosen);
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(content, 0, breaks.isEmpty() ? content.length : breaks.remove(0));
    }

    private String plan() {
        return """
                {"read": "rd_1", "dataset": "%s", "version": %s, "columns": [], "expiresAt": "%s", "files": [],
                 "arrow": "%s/reads/rd_1/arrow", "pinned": true}""".formatted(NAME, version(newest), WHEN, AT);
    }

    private String version(int number) {
        return """
                {"number": %d, "createdAt": "%s", "createdBy": "alice", "format": "%s", "digest": "00", "columns": %s}""".formatted(number, WHEN, format, GSON.toJson(columns));
    }

    private String dataset() {
        return """
                {"name": "%s", "owner": "alice", "kind": "managed", "latest": %s, "changedAt": "%s", "createdAt": "%s",
                 "source": {"kind": "managed"}, "mine": true}""".formatted(NAME, newest == 0 ? "null" : version(newest), WHEN, WHEN);
    }

    private static void refuse(HttpExchange exchange, int status, String code, String said) throws IOException {
        reply(
                exchange,
                status,
                "{\"code\": \"" + code + "\", \"detail\": \"" + said + "\"}",
                "application/problem+json");
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
