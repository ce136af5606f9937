package io.benchtop.sdk.rest;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.benchtop.api.error.Problem;
import io.benchtop.sdk.error.BenchtopException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the service and checks what it answers.
 *
 * <ul>
 *   <li>A read that gets 503 is tried three times in all, waiting as {@code Retry-After} says (1 s without it, 10 s at most). A
 *       request that changes something is sent once.
 *   <li>After 401 the token is looked up again; if it has changed meanwhile, the request is repeated once.
 *   <li>Redirects and proxies are not followed: the token goes to the given address and nowhere else.
 * </ul>
 *
 * <p>Holds no state of a call; threads may share one.
 */
public final class RestClient {

    private static final int TRIES = 3;
    private static final long LONGEST_WAIT_SECONDS = 10;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(5);
    private static final int LONGEST_REFUSAL = 1024 * 1024;
    private static final String JSON = "application/json, application/problem+json";
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(ProxySelector.of(null))
            .connectTimeout(CONNECT)
            .build();
    private final Access access;
    private final Wait wait;
    private final String userAgent;

    /** How to wait between two tries; a test does not. */
    @FunctionalInterface
    public interface Wait {
        void seconds(long count) throws InterruptedException;
    }

    public RestClient(Access access, String userAgent) {
        this(access, userAgent, count -> Thread.sleep(count * 1000));
    }

    public RestClient(Access access, String userAgent, Wait wait) {
        this.access = access;
        this.userAgent = userAgent;
        this.wait = wait;
    }

    /** Reads JSON. */
    public <T> T get(String path, Class<T> type) {
        return Json.read(read(path, JSON), type, path);
    }

    /** Reads text. */
    public String text(String path) {
        return read(path, "text/plain, application/problem+json");
    }

    private String read(String path, String accept) {
        var answer = authenticated("GET", path, accept, null, BodyHandlers.ofString(StandardCharsets.UTF_8));
        for (int tries = 1; answer.statusCode() == 503 && tries < TRIES; tries++) {
            pause(answer);
            answer = authenticated("GET", path, accept, null, BodyHandlers.ofString(StandardCharsets.UTF_8));
        }
        return checked(answer, path);
    }

    /** Changes something and reads the JSON of the answer. */
    public <T> T send(String method, String path, @Nullable Object body, Class<T> type) {
        return Json.read(send(method, path, body), type, path);
    }

    /** Changes something; without a body if null. */
    public String send(String method, String path, @Nullable Object body) {
        var answer = authenticated(method, path, JSON, body, BodyHandlers.ofString(StandardCharsets.UTF_8));
        return checked(answer, path);
    }

    /** Reads by a POST that may be repeated; tried again as {@link #get} is. */
    public <T> T read(String path, Object body, Class<T> type) {
        var answer = authenticated("POST", path, JSON, body, BodyHandlers.ofString(StandardCharsets.UTF_8));
        for (int tries = 1; answer.statusCode() == 503 && tries < TRIES; tries++) {
            pause(answer);
            answer = authenticated("POST", path, JSON, body, BodyHandlers.ofString(StandardCharsets.UTF_8));
        }
        return Json.read(checked(answer, path), type, path);
    }

    /**
     * Exchanges bodies that are no JSON, once, or twice where the token has been renewed meanwhile; the caller closes the answer's.
     *
     * @param headers further ones
     * @param body read again for the second time
     * @throws IOException nobody answered
     */
    public HttpResponse<InputStream> exchange(
            String method, String path, Map<String, String> headers, Supplier<HttpRequest.BodyPublisher> body)
            throws IOException {
        return exchange(method, path, headers, body, LONG_PATIENCE);
    }

    /**
     * As {@link #exchange(String, String, Map, Supplier)}.
     *
     * @param patience how long the answer may take
     */
    public HttpResponse<InputStream> exchange(
            String method,
            String path,
            Map<String, String> headers,
            Supplier<HttpRequest.BodyPublisher> body,
            Duration patience)
            throws IOException {
        var token = access.token();
        var answer = stream(method, path, headers, body, patience, token);
        if (answer.statusCode() == 401 && token.isPresent()) {
            var renewed = access.token();
            if (!renewed.equals(token)) {
                answer.body().close();
                return stream(method, path, headers, body, patience, renewed);
            }
        }
        return answer;
    }

    private HttpResponse<InputStream> stream(
            String method,
            String path,
            Map<String, String> headers,
            Supplier<HttpRequest.BodyPublisher> body,
            Duration patience,
            Optional<String> token)
            throws IOException {
        var request = HttpRequest.newBuilder(URI.create(access.url() + path))
                .timeout(patience)
                .header("User-Agent", userAgent)
                .method(method, body.get());
        headers.forEach(request::header);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        try {
            return http.send(request.build(), BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            throw interrupted(path);
        }
    }

    /** What an error status means; reads the answer to its end. */
    public BenchtopException refusal(HttpResponse<InputStream> answer, String what) {
        try (var body = answer.body()) {
            var text = new String(body.readNBytes(LONGEST_REFUSAL), StandardCharsets.UTF_8);
            return refusal(answer.statusCode(), contentType(answer), text, what);
        } catch (IOException e) {
            return unexplained(answer.statusCode(), what);
        }
    }

    /** What it means that nobody answered. */
    public BenchtopException unreachable(IOException why) {
        return unreachable(access.url(), why);
    }

    /** Waits before another try: longer with each failure, 10 seconds at most. */
    public void pause(int failures) {
        pauseFor(Math.min(1L << (failures - 1), LONGEST_WAIT_SECONDS));
    }

    /** Opens a stream of events; the caller closes it. */
    public EventStream events(String path) {
        HttpResponse<InputStream> answer = authenticated(
                "GET", path, "text/event-stream, application/problem+json", null, BodyHandlers.ofInputStream());
        if (answer.statusCode() == 200) {
            return new EventStream(answer.body());
        }
        try (var body = answer.body()) {
            var text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            throw refusal(answer.statusCode(), contentType(answer), text, path);
        } catch (IOException e) {
            throw unreachable(access.url(), e);
        }
    }

    private <B> HttpResponse<B> authenticated(
            String method, String path, String accept, @Nullable Object body, BodyHandler<B> handler) {
        var url = access.url();
        var token = access.token();
        var answer = exchange(url, method, path, accept, body, token, handler);
        if (answer.statusCode() == 401 && token.isPresent()) {
            var renewed = access.token();
            return renewed.equals(token) ? answer : exchange(url, method, path, accept, body, renewed, handler);
        }
        return answer;
    }

    private <B> HttpResponse<B> exchange(
            String url,
            String method,
            String path,
            String accept,
            @Nullable Object body,
            Optional<String> token,
            BodyHandler<B> handler) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(PATIENCE)
                    .header("Accept", accept)
                    .header("User-Agent", userAgent);
            token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
            if (body != null) {
                request.header("Content-Type", "application/json");
            }
            request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(GSON.toJson(body)));
            return http.send(request.build(), handler);
        } catch (IOException | IllegalArgumentException e) {
            throw unreachable(url, e);
        } catch (InterruptedException e) {
            throw interrupted(url + path);
        }
    }

    private static BenchtopException interrupted(String what) {
        Thread.currentThread().interrupt();
        return new BenchtopException("interrupted", "Interrupted while waiting for " + what + ".");
    }

    /** Waits as an answer asks for with {@code Retry-After}, 1 second without it and 10 at most. */
    public void pause(HttpResponse<?> answer) {
        pauseFor(Math.min(retryAfterSeconds(answer), LONGEST_WAIT_SECONDS));
    }

    /** What an answer says with {@code Retry-After}; 1 without it. */
    public static long retryAfterSeconds(HttpResponse<?> answer) {
        var asked = answer.headers().firstValue("Retry-After").orElse("");
        return asked.matches("\\d{1,8}") ? Long.parseLong(asked) : 1;
    }

    /** Waits so many seconds. */
    public void pauseFor(long seconds) {
        try {
            wait.seconds(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchtopException("interrupted", "Interrupted while waiting to ask again.");
        }
    }

    private static String checked(HttpResponse<String> answer, String path) {
        if (answer.statusCode() >= 300) {
            throw refusal(answer.statusCode(), contentType(answer), answer.body(), path);
        }
        return answer.body();
    }

    private static String contentType(HttpResponse<?> answer) {
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    private static BenchtopException refusal(int status, String contentType, String body, String path) {
        if (contentType.startsWith("application/problem+json")) {
            try {
                var problem = GSON.fromJson(body, Problem.class);
                if (problem != null) {
                    return new BenchtopException(problem.code(), Json.sentence(problem), status);
                }
            } catch (JsonParseException | IllegalArgumentException | NullPointerException e) {
                return unexplained(status, path);
            } catch (RuntimeException brokenRecord) {
                // What gson makes of an exception in a record's constructor.
                return unexplained(status, path);
            }
        }
        return unexplained(status, path);
    }

    private static BenchtopException unexplained(int status, String path) {
        return new BenchtopException(
                "unexpected_answer",
                path + " was answered with status " + status
                        + " and no explanation; something between here and Benchtop may have answered instead.",
                status);
    }

    private static BenchtopException unreachable(String url, Exception why) {
        var reason = why instanceof ConnectException
                ? "connection refused"
                : why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
        return new BenchtopException(
                "service_unreachable",
                "Benchtop does not answer at " + url + " (" + reason + "). Is it running? Try again in a moment.");
    }
}
