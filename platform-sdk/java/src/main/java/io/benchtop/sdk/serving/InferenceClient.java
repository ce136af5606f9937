package io.benchtop.sdk.serving;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonParser;
import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.rest.RestClient;
import io.benchtop.sdk.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks one endpoint by the Open Inference Protocol, with tensors as raw bytes. {@link #sticky} and {@link #version} give another
 * client; this one stays as it is. Connections are kept; threads may share it.
 *
 * <p>Asking changes nothing. So an endpoint that has enough to do (429, 503) is asked four times in all, waiting as {@code Retry-After}
 * says, and once more where a connection broke. One that says more than a minute, such as a day's quota that is used up, is not waited
 * for.
 */
public final class InferenceClient {

    private static final int TRIES = 4;
    private static final long SOON_SECONDS = 60;
    private static final Set<Integer> BUSY = Set.of(429, 503);
    private static final Map<Integer, String> CODES = Map.of(
            400, "bad_request",
            401, "unauthenticated",
            403, "forbidden",
            404, "not_found",
            413, "too_large",
            429, "too_many_requests",
            503, "service_unavailable",
            504, "timeout");
    private static final String SUBJECT = "X-Subject";

    private final RestClient rest;
    private final Target target;
    private final Optional<String> subject;
    private final Optional<String> version;

    /**
     * Where to ask.
     *
     * @param name of the endpoint
     * @param url its path below Benchtop's address
     * @param stickyHeader the header that says who stays with one version; empty without
     * @param patience how long one answer may take
     */
    public record Target(String name, String url, Optional<String> stickyHeader, Duration patience) {}

    public InferenceClient(RestClient rest, Target target) {
        this(rest, target, Optional.empty(), Optional.empty());
    }

    private InferenceClient(RestClient rest, Target target, Optional<String> subject, Optional<String> version) {
        this.rest = rest;
        this.target = target;
        this.subject = subject;
        this.version = version;
    }

    /** Asks for somebody: the same text gets the same version. */
    public InferenceClient sticky(String who) {
        return new InferenceClient(rest, target, Optional.of(who), version);
    }

    /** Asks one version of those behind the endpoint, which its owner may; without, the endpoint chooses. */
    public InferenceClient version(String number) {
        return new InferenceClient(rest, target, subject, Optional.of(number));
    }

    /**
     * Asks for the answers to some rows.
     *
     * @param inputs by the names of the model's inputs, in the types that it takes
     * @param outputs which; all if none are named
     * @throws BenchtopException {@code bad_request} with what the model wants instead, {@code not_found}, {@code forbidden}; after
     *     some tries {@code too_many_requests} and {@code service_unavailable}; {@code timeout}, {@code service_unreachable}
     */
    public InferResult infer(Map<String, Tensor> inputs, String... outputs) {
        var message = InferenceMessage.request(inputs, List.of(outputs));
        for (int tries = 1; ; tries++) {
            try {
                var answer = rest.exchange(
                        "POST",
                        path(),
                        headers(message),
                        () -> BodyPublishers.ofByteArray(message.body()),
                        target.patience());
                var content = content(answer);
                if (answer.statusCode() < 300) {
                    return result(answer, content);
                }
                if (!isWorthWaitingFor(answer) || tries == TRIES) {
                    throw refusal(answer.statusCode(), content);
                }
                rest.pause(answer);
            } catch (HttpConnectTimeoutException e) {
                throw rest.unreachable(e);
            } catch (HttpTimeoutException e) {
                throw new BenchtopException(
                        "timeout",
                        target.name() + " has not answered within " + target.patience()
                                + ". Ask for fewer rows, or give client(…) more time.");
            } catch (IOException e) {
                // A connection that was kept may have ended just when it was used again.
                if (tries > 1) {
                    throw rest.unreachable(e);
                }
            }
        }
    }

    private static boolean isWorthWaitingFor(HttpResponse<?> answer) {
        return BUSY.contains(answer.statusCode()) && RestClient.retryAfterSeconds(answer) <= SOON_SECONDS;
    }

    private String path() {
        var chosen = version.map(number -> "/versions/" + URLEncoder.encode(number, UTF_8))
                .orElse("");
        return target.url() + "/v2/models/" + target.name() + chosen + "/infer";
    }

    private Map<String, String> headers(InferenceMessage message) {
        var headers = new HashMap<String, String>();
        headers.put("Content-Type", "application/octet-stream");
        headers.put(InferenceMessage.HEADER_LENGTH, Integer.toString(message.head()));
        subject.ifPresent(who -> headers.put(target.stickyHeader().orElse(SUBJECT), who));
        return headers;
    }

    private static byte[] content(HttpResponse<InputStream> answer) throws IOException {
        try (var body = answer.body()) {
            return body.readAllBytes();
        }
    }

    private InferResult result(HttpResponse<InputStream> response, byte[] content) {
        var headers = response.headers();
        InferenceMessage.Answer answer;
        try {
            var head = headers.firstValue(InferenceMessage.HEADER_LENGTH).map(Integer::parseInt);
            answer = new InferenceMessage(head.orElse(content.length), content).answer();
        } catch (RuntimeException e) {
            throw new BenchtopException(
                    "unexpected_answer",
                    "The answer of " + target.name()
                            + " is none of the Open Inference Protocol; something in between may have answered instead.");
        }
        return new InferResult(
                answer.outputs(),
                headers.firstValue("X-Model-Version").orElse(answer.version()),
                headers.firstValue("X-Experiment-Arm"));
    }

    private BenchtopException refusal(int status, byte[] content) {
        var said = said(new String(content, UTF_8))
                .orElse(target.name() + " has answered with status " + status + " and no explanation.");
        return new BenchtopException(CODES.getOrDefault(status, "inference_failed"), said, status);
    }

    /** The protocol's {@code error}, or the detail of Benchtop's own problem document. */
    private static Optional<String> said(String text) {
        try {
            var told = JsonParser.parseString(text).getAsJsonObject();
            var said = told.has("error") ? told.get("error") : told.get("detail");
            return Optional.ofNullable(said).map(each -> each.getAsString());
        } catch (RuntimeException noJson) {
            return Optional.empty();
        }
    }
}
