package io.benchtop.service.identity.oidc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.oidc.ProviderException.Refused;
import io.benchtop.service.identity.oidc.ProviderException.Unreachable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How the provider is spoken to: by a deadline for the whole answer, of a bounded size, and never where a redirect points
 * (S23), because what is sent along is meant for the provider alone.
 */
final class ProviderHttp implements AutoCloseable {

    private static final int MAX_BYTES = 256 * 1024;

    private final HttpClient client;
    private final Duration deadline;

    ProviderHttp(Duration deadline) {
        this.deadline = requireNonNull(deadline, "deadline is null");
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(deadline.dividedBy(2))
                .build();
    }

    /** An answer, whatever its status, unless it is a redirect. */
    record Answer(int status, String body) {

        Answer {
            requireNonNull(body, "body is null");
        }

        boolean isOk() {
            return status == 200;
        }
    }

    /** A document that must be there. */
    JsonDocument get(URI address, String what) throws ProviderException {
        Answer answer = send(HttpRequest.newBuilder(address).header("Accept", "application/json"), what);
        if (!answer.isOk()) {
            throw new Unreachable(what + " was answered with status " + answer.status());
        }
        return JsonDocument.parse(answer.body(), what);
    }

    Answer send(HttpRequest.Builder request, String what) throws ProviderException {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                request.build(), BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_BYTES));
        try {
            HttpResponse<String> response = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() / 100 == 3) {
                throw new Refused(what + " was answered with a redirect, which is not followed");
            }
            return new Answer(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new Unreachable(what + " was not answered within " + deadline.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            throw new Unreachable(what + " was not answered: " + reason(e));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted while waiting for " + what);
        }
    }

    private static String reason(ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String message = cause instanceof IOException ? cause.getMessage() : null;
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
