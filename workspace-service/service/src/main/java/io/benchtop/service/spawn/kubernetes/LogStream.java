package io.benchtop.service.spawn.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** A log as it is being written; no thread waits for it. That it breaks off is no error: who needs all of it asks again. */
final class LogStream implements AutoCloseable {

    private static final int OK = 200;

    private final CompletableFuture<HttpResponse<AsyncBody>> answer;

    private LogStream(CompletableFuture<HttpResponse<AsyncBody>> answer) {
        this.answer = answer;
    }

    static LogStream open(KubernetesClient client, String address, LineBuffer lines) {
        HttpClient http = client.getHttpClient();
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(client.getConfiguration().getMasterUrl() + address)
                .build();
        CompletableFuture<HttpResponse<AsyncBody>> answer = http.consumeBytes(request, (bytes, body) -> {
            bytes.forEach(lines::write);
            body.consume();
        });
        var _ = answer.thenAccept(response -> {
            if (response.code() == OK) {
                response.body().consume();
            } else {
                response.body().cancel();
            }
        });
        return new LogStream(answer);
    }

    /** Whether there was nothing to follow; a node may have a log only a moment after it has said that the server runs. */
    boolean isRefused() {
        return answer.isDone()
                && (answer.isCompletedExceptionally() || answer.join().code() != OK);
    }

    @Override
    public void close() {
        var _ = answer.thenAccept(response -> response.body().cancel());
        answer.cancel(true);
    }
}
