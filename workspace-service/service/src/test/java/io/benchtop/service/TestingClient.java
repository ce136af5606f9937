package io.benchtop.service;

import io.benchtop.api.routing.ProxyProof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A caller of the service with headers of its own: a signed-in browser (cookie, Origin and CSRF token), a program with a
 * token, or nobody. Follows no redirect. Immutable: {@link #with} and {@link #without} give another client.
 */
public final class TestingClient {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI service;
    private final Map<String, String> headers;

    TestingClient(URI service, Map<String, String> headers) {
        this.service = service;
        this.headers = Map.copyOf(headers);
    }

    public TestingClient with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new TestingClient(service, more);
    }

    /** As the proxy passes on what comes from this address. */
    public TestingClient from(String address) {
        return with("X-Forwarded-For", address).with(ProxyProof.HEADER, ProxyProof.of(TestingService.INTERNAL_KEY));
    }

    public TestingClient without(String header) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove(header);
        return new TestingClient(service, fewer);
    }

    public String header(String name) {
        return headers.get(name);
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, null, null);
    }

    /** As a browser asks for a page. */
    public HttpResponse<String> open(String path) {
        return with("Accept", "text/html").with("Sec-Fetch-Mode", "navigate").get(path);
    }

    public HttpResponse<String> delete(String path) {
        return send("DELETE", path, null, null);
    }

    public HttpResponse<String> post(String path, String json) {
        return send("POST", path, "application/json", json);
    }

    public HttpResponse<String> put(String path, String json) {
        return send("PUT", path, "application/json", json);
    }

    public HttpResponse<String> patch(String path, String json) {
        return send("PATCH", path, "application/json", json);
    }

    public HttpResponse<String> form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return send("POST", path, "application/x-www-form-urlencoded", body);
    }

    public HttpResponse<String> send(String method, String path, String contentType, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        if (contentType != null) {
            request.setHeader("Content-Type", contentType);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
