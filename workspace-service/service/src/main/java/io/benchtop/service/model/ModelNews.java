package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a model.
 *
 * @param version that it is about; null where an alias was taken away
 * @param alias null where it is not about one
 * @param actor who did it
 * @param message what else to know; empty for nothing
 */
record ModelNews(
        WebhookEvent event,
        RegisteredModel model,
        @Nullable ModelVersion version,
        @Nullable Alias alias,
        String actor,
        String message) {

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    ModelNews {
        requireNonNull(event, "event is null");
        requireNonNull(model, "model is null");
        requireNonNull(actor, "actor is null");
        requireNonNull(message, "message is null");
    }

    static ModelNews of(WebhookEvent event, RegisteredModel model, ModelVersion version, String actor, String message) {
        return new ModelNews(event, model, version, null, actor, message);
    }

    /** What receivers are sent, with the fields that Standard Webhooks recommends. */
    String body(Instant at) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("model", model.name().value());
        data.put("version", version == null ? null : version.version().toString());
        data.put("number", version == null ? null : version.number());
        if (event == WebhookEvent.ALIAS_CHANGED) {
            data.put("alias", alias == null ? null : alias.value());
        }
        data.put("actor", actor);
        data.put("message", message);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("type", event.code());
        all.put("timestamp", at.toString());
        all.put("data", data);
        return GSON.toJson(all);
    }
}
