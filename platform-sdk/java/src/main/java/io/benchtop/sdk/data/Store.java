package io.benchtop.sdk.data;

import io.benchtop.api.dataset.PlanFile;
import io.benchtop.sdk.error.BenchtopException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Asks presigned addresses, without the token. No address is part of an error: who knows it may read. */
final class Store {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(ProxySelector.of(null))
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    HttpResponse<InputStream> get(PlanFile file, Map<String, String> headers) throws IOException {
        try {
            var request = HttpRequest.newBuilder(URI.create(file.url())).timeout(Duration.ofMinutes(1));
            headers.forEach(request::header);
            return HTTP.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IllegalArgumentException e) {
            throw new BenchtopException(
                    "unexpected_answer", "The address of " + file.path() + " in Benchtop's answer is none.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchtopException("interrupted", "Interrupted while waiting for " + file.path() + ".");
        }
    }
}
