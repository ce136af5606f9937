package io.benchtop.sdk.tracking;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.rest.RestClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** MLflow's REST interface for one run. Everything throws {@link BenchtopException}; its status decides whether to try again. */
final class MlflowRuns {

    private static final String API = "/api/2.0/mlflow/";
    private static final Gson GSON = new Gson();

    private final RestClient rest;
    private final String experiment;
    private final List<Input> inputs;
    private final RunContext context;
    private final Clock clock;
    private final long began;

    MlflowRuns(RestClient rest, String experiment, List<Input> inputs, RunContext context, Clock clock) {
        this.rest = rest;
        this.experiment = experiment;
        this.inputs = List.copyOf(inputs);
        this.context = context;
        this.clock = clock;
        this.began = clock.millis();
    }

    /** Makes the run, and the experiment where it is not there yet. */
    MlflowRun create() {
        var asked = Map.of("experiment_id", experimentId(), "start_time", began, "tags", pairs(context.tags()));
        var info = post("runs/create", asked).getAsJsonObject("run").getAsJsonObject("info");
        return new MlflowRun(
                info.get("run_id").getAsString(), info.get("artifact_uri").getAsString());
    }

    private static List<Batch.Pair> pairs(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> new Batch.Pair(tag.getKey(), tag.getValue()))
                .toList();
    }

    private String experimentId() {
        var name = URLEncoder.encode(experiment, StandardCharsets.UTF_8).replace("+", "%20");
        try {
            return rest.get(API + "experiments/get-by-name?experiment_name=" + name, JsonObject.class)
                    .getAsJsonObject("experiment")
                    .get("experiment_id")
                    .getAsString();
        } catch (BenchtopException e) {
            if (e.status() != 404) {
                throw e;
            }
        }
        return post("experiments/create", Map.of("name", experiment))
                .get("experiment_id")
                .getAsString();
    }

    void tellInputs(MlflowRun run) {
        if (!inputs.isEmpty()) {
            post(
                    "runs/log-inputs",
                    Map.of(
                            "run_id",
                            run.id(),
                            "datasets",
                            inputs.stream().map(MlflowRuns::dataset).toList()));
        }
    }

    private static Map<String, Object> dataset(Input input) {
        var digest = input.digest().length() > 36 ? input.digest().substring(0, 36) : input.digest();
        var source = GSON.toJson(Map.of("uri", "bt://" + input.name() + "@" + input.version()));
        var dataset = Map.of("name", input.name(), "digest", digest, "source_type", "benchtop", "source", source);
        return Map.of("dataset", dataset, "tags", List.of());
    }

    void send(MlflowRun run, Batch batch) {
        var body = new JsonObject();
        body.addProperty("run_id", run.id());
        var metrics = new JsonArray();
        batch.metrics().forEach(metric -> metrics.add(json(metric)));
        body.add("metrics", metrics);
        body.add("params", GSON.toJsonTree(batch.params()));
        body.add("tags", GSON.toJsonTree(batch.tags()));
        post("runs/log-batch", body);
    }

    /** JSON has no NaN and no infinity; MLflow writes them as texts. */
    private static JsonElement json(Metric metric) {
        var json = new JsonObject();
        json.addProperty("key", metric.key());
        if (Double.isFinite(metric.value())) {
            json.addProperty("value", metric.value());
        } else {
            json.addProperty("value", Double.toString(metric.value()));
        }
        json.addProperty("timestamp", metric.timestamp());
        json.addProperty("step", metric.step());
        return json;
    }

    void keep(MlflowRun run, Path file) {
        var name = URLEncoder.encode(file.getFileName().toString(), StandardCharsets.UTF_8)
                .replace("+", "%20");
        var path = "/api/2.0/mlflow-artifacts/artifacts/" + run.artifactPath() + "/" + name;
        try {
            if (!Files.isReadable(file)) {
                throw new BenchtopException("no_such_file", file + " is not there or cannot be read.", 400);
            }
            var answer = rest.exchange(
                    "PUT", path, Map.of("Content-Type", "application/octet-stream"), () -> publisher(file));
            if (answer.statusCode() >= 300) {
                throw rest.refusal(answer, path);
            }
            answer.body().close();
        } catch (IOException e) {
            throw rest.unreachable(e);
        }
    }

    private static BodyPublisher publisher(Path file) {
        try {
            return BodyPublishers.ofFile(file);
        } catch (IOException e) {
            throw new BenchtopException("no_such_file", file + " is not there any more.", 400);
        }
    }

    /** Tells what the run has used until now. */
    void tellUsed(MlflowRun run) {
        send(run, new Batch(List.of(), List.of(), pairs(context.used())));
    }

    void end(MlflowRun run, String status) {
        post("runs/update", Map.of("run_id", run.id(), "status", status, "end_time", clock.millis()));
    }

    private JsonObject post(String verb, Object body) {
        return rest.send("POST", API + verb, body, JsonObject.class);
    }
}
