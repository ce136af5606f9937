package io.benchtop.sdk.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.benchtop.api.model.ModelVersion;
import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.rest.Json;
import io.benchtop.sdk.rest.RestClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Sends a version: begun with a key, so that asking again makes no second one; its file whole, and anew where it broke; committed,
 * whether or not the first answer came. One thread at a time.
 */
public final class ModelUpload {

    private static final int TRIES = 5;
    private static final int ASKED = 3;
    /** The request that broke may not have been given up yet. */
    private static final Set<String> PASSING = Set.of("conflict", "wrong_offset");

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private final RestClient rest;

    public ModelUpload(RestClient rest) {
        this.rest = rest;
    }

    /**
     * Sends all of it.
     *
     * @return the version, which is not checked yet
     * @throws BenchtopException as {@code Benchtop.publish}
     */
    public ModelVersion send(Publication publication, Publication.Origin origin) {
        var file = publication.file();
        var asked = GSON.toJson(publication.request(file.content().digest(), origin));
        var begun = post(
                ModelName.path(publication.name()) + "/versions",
                asked,
                Map.of("Idempotency-Key", UUID.randomUUID().toString()));
        var place = ModelName.path(publication.name(), begun.version());
        put(place + "/files/" + file.file(), file);
        return post(place + ":commit", "{}", Map.of());
    }

    private ModelVersion post(String path, String body, Map<String, String> further) {
        var headers = new HashMap<>(further);
        headers.put("Content-Type", "application/json");
        for (int tries = 1; ; tries++) {
            try {
                var answer = rest.exchange("POST", path, headers, () -> BodyPublishers.ofString(body));
                if (answer.statusCode() < 300) {
                    return Json.read(text(answer), ModelVersion.class, path);
                }
                var refusal = rest.refusal(answer, path);
                if (answer.statusCode() != 503 || tries == ASKED) {
                    throw refusal;
                }
            } catch (IOException e) {
                if (tries == ASKED) {
                    throw rest.unreachable(e);
                }
            }
            rest.pause(tries);
        }
    }

    private void put(String path, ModelFile file) {
        for (int failures = 1; ; failures++) {
            var why = tried(path, file);
            if (why.isEmpty()) {
                return;
            }
            if (failures == TRIES) {
                throw new BenchtopException(
                        "upload_interrupted",
                        file.file() + " could not be sent (" + why + "). Nothing was published; try again.");
            }
            rest.pause(failures);
        }
    }

    /** Empty when it arrived, else why it did not. */
    private String tried(String path, ModelFile file) {
        var headers = Map.of("Content-Type", "application/octet-stream", "Upload-Offset", "0");
        try {
            var answer = rest.exchange("PUT", path, headers, publisher(file.content()));
            if (answer.statusCode() < 300) {
                answer.body().close();
                return "";
            }
            var refusal = rest.refusal(answer, file.file());
            if (answer.statusCode() < 500 && !PASSING.contains(refusal.code())) {
                throw refusal;
            }
            return refusal.detail();
        } catch (IOException e) {
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
    }

    private static Supplier<BodyPublisher> publisher(Content content) {
        return () -> {
            try {
                return content.publisher();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + content, e);
            }
        };
    }

    private static String text(HttpResponse<InputStream> answer) throws IOException {
        try (var body = answer.body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
