package io.benchtop.service.endpoint.http;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.benchtop.service.endpoint.ServedOutputs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads {@code GET /stats} of a model-server's admin port. A hostile model may answer there, so no more is read than is due. */
public final class HttpServedOutputs implements ServedOutputs {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int LONGEST = 256 * 1024;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Gson gson = new Gson();

    private record Page(@Nullable List<ModelPart> models) {}

    private record ModelPart(long nanOutputs, @Nullable List<OutputPart> outputs) {}

    private record OutputPart(long count, double mean, double m2) {}

    @Override
    public Totals read(URI admin) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(admin.resolve("/stats")).build();
        CompletableFuture<HttpResponse<byte[]>> asked =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST));
        try {
            // A timeout of the request itself would end with the headers, and a body may come for ever.
            HttpResponse<byte[]> answer = asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() != 200) {
                throw new IOException("status " + answer.statusCode());
            }
            return totals(gson.fromJson(new String(answer.body(), StandardCharsets.UTF_8), Page.class));
        } catch (ExecutionException e) {
            throw new IOException("the statistics of " + admin + " could not be read", e.getCause());
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw new IOException(
                    "the statistics of " + admin + " did not come within " + PATIENCE.toSeconds() + " s", e);
        } catch (JsonParseException e) {
            throw new IOException("the statistics of " + admin + " are no JSON", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Totals totals(@Nullable Page page) throws IOException {
        if (page == null || page.models() == null) {
            throw new IOException("the statistics have no models");
        }
        long values = 0;
        long nans = 0;
        long finite = 0;
        double sum = 0;
        double squares = 0;
        for (ModelPart model : page.models()) {
            List<OutputPart> outputs = model.outputs() == null ? List.of() : model.outputs();
            nans += model.nanOutputs();
            values += model.nanOutputs()
                    + outputs.stream().mapToLong(OutputPart::count).sum();
            if (!outputs.isEmpty()) {
                OutputPart first = outputs.getFirst();
                finite += first.count();
                sum += first.count() * first.mean();
                squares += first.m2() + first.count() * first.mean() * first.mean();
            }
        }
        if (values < 0 || nans < 0 || finite < 0 || !Double.isFinite(sum) || !Double.isFinite(squares)) {
            throw new IOException("the statistics cannot be true");
        }
        return new Totals(values, nans, finite, sum, squares);
    }
}
