package io.benchtop.service.http.mlflow;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.benchtop.service.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The models of a run as MLflow kept them before it had logged models, and keeps them still: a tag with a JSON list, the oldest
 * first. A tag holds so many characters; where they do not suffice, the oldest goes.
 */
final class ModelHistory {

    static final String TAG = "mlflow.log-model.history";

    private static final int LONGEST = 8_000;
    private static final List<String> NEEDED = List.of("artifact_path", "flavors", "run_id", "utc_time_created");
    private static final List<String> KEPT = List.of("run_id", "utc_time_created", "artifact_path", "model_uuid");

    private ModelHistory() {}

    /** What is kept of one model. */
    record Entry(JsonObject json) {

        Entry {
            requireNonNull(json, "json is null");
        }
    }

    /** @param modelJson all that the client knows of the model, as its file {@code MLmodel} says it */
    static Entry entry(String modelJson) {
        if (!(parsed(modelJson) instanceof JsonObject model)) {
            throw ProblemException.invalidField("model_json", "must be a JSON object");
        }
        TreeSet<String> missing = new TreeSet<>(NEEDED);
        missing.removeAll(model.keySet());
        if (!missing.isEmpty() || !(model.get("flavors") instanceof JsonObject flavors)) {
            throw ProblemException.invalidField("model_json", "must have the fields " + NEEDED + ", flavors an object");
        }
        JsonObject kept = new JsonObject();
        KEPT.stream().filter(model::has).forEach(name -> kept.add(name, model.get(name)));
        JsonObject bare = new JsonObject();
        flavors.entrySet().forEach(flavor -> bare.add(flavor.getKey(), withoutConfig(flavor)));
        kept.add("flavors", bare);
        return new Entry(kept);
    }

    private static JsonElement withoutConfig(Map.Entry<String, JsonElement> flavor) {
        JsonElement copy = flavor.getValue().deepCopy();
        if (copy instanceof JsonObject object) {
            object.remove("config");
        }
        return copy;
    }

    private static @Nullable JsonElement parsed(String text) {
        try {
            return JsonParser.parseString(text);
        } catch (JsonParseException | StackOverflowError _) {
            return null;
        }
    }

    /** @param before the tag's value; null if there is none. What cannot be read in it is left out. */
    static String with(@Nullable String before, Entry entry) {
        JsonArray all = before != null && parsed(before) instanceof JsonArray array ? array : new JsonArray();
        all.add(entry.json());
        while (all.size() > 1 && all.toString().length() > LONGEST) {
            all.remove(0);
        }
        String text = all.toString();
        if (text.length() > LONGEST) {
            throw ProblemException.invalidField(
                    "model_json", "what is kept of it has more than " + LONGEST + " characters");
        }
        return text;
    }
}
