package io.benchtop.service.http.mlflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.benchtop.service.model.ModelState;
import io.benchtop.service.model.ModelVersion;
import io.benchtop.service.model.Models;
import io.benchtop.service.model.Models.Found;
import io.benchtop.service.model.Provenance;
import io.benchtop.service.model.RegisteredModel;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Registered models and their versions in the JSON of MLflow's protocol buffers. */
final class RegistryJson {

    /** Where MLflow's stages are kept, which it has given up for aliases. */
    static final String STAGE = "benchtop.stage";

    /** Under which our own version is told. */
    static final String VERSION = "benchtop.version";

    static final String NO_STAGE = "None";

    private static final String LOGGED = "models:/m-";

    private RegistryJson() {}

    /** @param versions all of the model, the newest first */
    static JsonObject of(RegisteredModel model, List<ModelVersion> versions) {
        JsonObject json = new JsonObject();
        json.addProperty("name", model.name().value());
        json.addProperty("creation_timestamp", model.createdAt().toEpochMilli());
        json.addProperty("last_updated_timestamp", model.changedAt().toEpochMilli());
        json.addProperty("user_id", model.owner().value());
        if (!model.description().isEmpty()) {
            json.addProperty("description", model.description());
        }
        JsonArray aliases = new JsonArray();
        model.aliases().forEach((alias, number) -> {
            JsonObject pair = new JsonObject();
            pair.addProperty("alias", alias.value());
            pair.addProperty("version", Long.toString(number));
            aliases.add(pair);
        });
        json.add("aliases", aliases);
        json.add("tags", tags(model.tags()));
        json.add("latest_versions", TrackingJson.array(latest(versions), version -> of(new Found(model, version))));
        return json;
    }

    /** The newest of each stage. */
    static List<ModelVersion> latest(List<ModelVersion> versions) {
        Set<String> seen = new HashSet<>();
        return versions.stream()
                .filter(RegistryJson::isShown)
                .filter(version -> seen.add(stage(version)))
                .toList();
    }

    /** What was deleted, or is not whole yet, is no version for a client. */
    static boolean isShown(ModelVersion version) {
        return !version.isDeleted() && !(version.state() instanceof ModelState.Uploading);
    }

    static String stage(ModelVersion version) {
        return version.tags().getOrDefault(STAGE, NO_STAGE);
    }

    static JsonObject of(Found found) {
        ModelVersion version = found.version();
        Provenance provenance = version.publication().provenance();
        long createdAt = version.publication().createdAt().toEpochMilli();
        JsonObject json = new JsonObject();
        json.addProperty("name", found.model().name().value());
        json.addProperty("version", Long.toString(version.number()));
        json.addProperty("creation_timestamp", createdAt);
        json.addProperty("last_updated_timestamp", createdAt);
        json.addProperty("user_id", version.publication().createdBy().value());
        json.addProperty("current_stage", stage(version));
        json.addProperty("description", version.description());
        String source = provenance.source();
        json.addProperty("source", source == null ? files(found) : source);
        json.addProperty("run_id", provenance.run() == null ? "" : provenance.run());
        json.addProperty("status", status(version.state()));
        String message = message(version.state());
        if (message != null) {
            json.addProperty("status_message", message);
        }
        if (source != null && source.startsWith(LOGGED)) {
            json.addProperty("model_id", source.substring("models:/".length()));
        }
        Map<String, String> tags = new TreeMap<>(version.tags());
        tags.remove(STAGE);
        tags.put(VERSION, version.version().toString());
        json.add("tags", tags(tags));
        JsonArray aliases = new JsonArray();
        Models.aliases(found.model(), version).forEach(aliases::add);
        json.add("aliases", aliases);
        return json;
    }

    /** From where a client loads a version's files. */
    static String files(Found found) {
        return "mlflow-artifacts:/" + RegistryFiles.FOLDER + found.model().name() + "/"
                + found.version().number();
    }

    private static String status(ModelState state) {
        return switch (state) {
            case ModelState.Uploading _, ModelState.Checking _ -> "PENDING_REGISTRATION";
            case ModelState.Ready _ -> "READY";
            case ModelState.Refused _, ModelState.Deleted _ -> "FAILED_REGISTRATION";
        };
    }

    private static @Nullable String message(ModelState state) {
        return switch (state) {
            case ModelState.Ready ready -> ready.message().isEmpty() ? null : ready.message();
            case ModelState.Refused refused -> refused.reason() + ": " + refused.message();
            default -> null;
        };
    }

    private static JsonArray tags(Map<String, String> tags) {
        JsonArray array = new JsonArray();
        tags.forEach((key, value) -> {
            JsonObject pair = new JsonObject();
            pair.addProperty("key", key);
            pair.addProperty("value", value);
            array.add(pair);
        });
        return array;
    }
}
