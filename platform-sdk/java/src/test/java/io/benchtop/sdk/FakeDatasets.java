package io.benchtop.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A small service with one dataset {@code sales/orders}, which takes uploads and can be told to break. */
final class FakeDatasets implements AutoCloseable {

    static final String NAME = "sales/orders";
    private static final String WHEN = "2026-11-21T09:00:00Z";
    private static final String AT = "/api/v1/datasets/" + NAME;

    final Map<String, byte[]> files = new LinkedHashMap<>();
    final List<String> asked = new ArrayList<>();
    final List<String> opened = new ArrayList<>();
    /** After how many bytes of the body the next answers with files end, or the next pieces are not read on. */
    final List<Integer> breaks = new ArrayList<>();

    final Map<String, ByteArrayOutputStream> upload = new LinkedHashMap<>();
    String columns = "[]";
    String format = "files";
    byte[] arrow = new byte[0];
    boolean presigned;
    boolean known = true;
    boolean committed;
    boolean aborted;
    boolean storeSawToken;
    int valid = 1;
    private final HttpServer server;

    FakeDatasets() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    BenchtopClient client(Path folder) throws IOException {
        var token = Files.writeString(folder.resolve("token"), "case-token");
        return Benchtop.connect(Map.of("BENCHTOP_URL", url(), "BENCHTOP_TOKEN_FILE", token.toString()), seconds -> {});
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            var body = exchange.getRequestBody().readAllBytes();
            if (path.startsWith("/bucket/")) {
                storeSawToken |= exchange.getRequestHeaders().containsKey("Authorization");
                if (exchange.getRequestURI().getQuery().equals("signature=secret-" + valid)) {
                    file(exchange, path.substring("/bucket/".length()));
                } else {
                    reply(exchange, 403, "denied", "text/plain");
                }
            } else if (path.endsWith("/arrow")) {
                stream(exchange);
            } else if (path.contains("/uploads")) {
                upload(exchange, path, body);
            } else if (path.contains("/files/")) {
                file(exchange, path.substring((AT + "/versions/1/files/").length()));
            } else {
                tell(exchange, path, new String(body, UTF_8));
            }
        }
    }

    private void tell(HttpExchange exchange, String path, String body) throws IOException {
        if (path.equals(AT + ":open")) {
            opened.add(body);
            reply(exchange, 200, plan(), "application/json");
        } else if (path.equals("/api/v1/datasets") || (path.equals(AT) && known)) {
            known = true;
            reply(exchange, path.equals(AT) ? 200 : 201, dataset(), "application/json");
        } else {
            refuse(exchange, 404, "not_found");
        }
    }

    private String plan() {
        var all = files.entrySet().stream()
                .map(file -> """
                        {"path": "%s", "size": %d, "url": "%s", "transport": "raw"}""".formatted(file.getKey(), file.getValue().length, address(file.getKey())))
                .collect(Collectors.joining(","));
        return """
                {"read": "rd_1", "dataset": "%s", "version": %s, "columns": %s, "expiresAt": "%s", "files": [%s],
                 "arrow": %s, "pinned": true}""".formatted(
                NAME, version(1), columns, WHEN, all, arrow.length == 0 ? "null" : "\"" + AT + "/reads/rd_1/arrow\"");
    }

    private String address(String file) {
        return presigned ? url() + "/bucket/" + file + "?signature=secret-" + valid : AT + "/versions/1/files/" + file;
    }

    private String version(int number) {
        return """
                {"number": %d, "createdAt": "%s", "createdBy": "alice", "format": "%s", "digest": "00", "columns": %s}""".formatted(number, WHEN, format, columns);
    }

    private String dataset() {
        return """
                {"name": "%s", "owner": "alice", "kind": "managed", "latest": %s, "changedAt": "%s", "createdAt": "%s",
                 "source": {"kind": "managed"}, "mine": true}""".formatted(NAME, version(1), WHEN, WHEN);
    }

    private void file(HttpExchange exchange, String path) throws IOException {
        var content = files.get(path);
        var range = exchange.getRequestHeaders()
                .getFirst("Range")
                .replace("bytes=", "")
                .split("-");
        int first = Integer.parseInt(range[0]);
        int length = content.length - first;
        exchange.getResponseHeaders().set("Content-Range", "bytes " + first + "-/" + content.length);
        exchange.sendResponseHeaders(206, length);
        exchange.getResponseBody().write(content, first, breaks.isEmpty() ? length : breaks.remove(0));
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(arrow, 0, breaks.isEmpty() ? arrow.length : breaks.remove(0));
    }

    private void upload(HttpExchange exchange, String path, byte[] body) throws IOException {
        if (!known) {
            refuse(exchange, 404, "not_found");
        } else if (path.endsWith(":commit")) {
            committed = true;
            reply(exchange, 201, version(2), "application/json");
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            aborted = true;
            exchange.sendResponseHeaders(204, -1);
        } else if (exchange.getRequestMethod().equals("PUT")) {
            put(exchange, path.substring(path.indexOf("/files/") + "/files/".length()), body);
        } else {
            var all = upload.entrySet().stream()
                    .map(file -> "{\"path\": \"%s\", \"size\": %d}"
                            .formatted(file.getKey(), file.getValue().size()))
                    .collect(Collectors.joining(","));
            reply(
                    exchange,
                    200,
                    "{\"id\": \"up_1\", \"expiresAt\": \"%s\", \"files\": [%s]}".formatted(WHEN, all),
                    "application/json");
        }
    }

    private void put(HttpExchange exchange, String file, byte[] body) throws IOException {
        int offset = Integer.parseInt(exchange.getRequestURI().getQuery().replace("offset=", ""));
        if (offset == 0) {
            upload.put(file, new ByteArrayOutputStream());
        }
        if (upload.get(file).size() != offset) {
            refuse(exchange, 409, "wrong_offset");
        } else if (!breaks.isEmpty()) {
            upload.get(file).write(body, 0, breaks.remove(0));
        } else {
            upload.get(file).write(body);
            reply(exchange, 200, "{}", "application/json");
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        reply(
                exchange,
                status,
                "{\"code\": \"" + code + "\", \"detail\": \"No: " + code + ".\"}",
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
