package io.benchtop.service.http.mlflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.benchtop.service.experiment.DatasetInput;
import io.benchtop.service.experiment.Experiment;
import io.benchtop.service.experiment.ExperimentRun;
import io.benchtop.service.experiment.LoggedModel;
import io.benchtop.service.experiment.MeasuredModel;
import io.benchtop.service.experiment.Metric;
import io.benchtop.service.experiment.ModelMetric;
import io.benchtop.service.experiment.ModelOutput;
import io.benchtop.service.experiment.RecordedRun;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Answers in the JSON of MLflow's protocol buffers. */
final class TrackingJson {

    private TrackingJson() {}

    static HttpResponse<String> empty() {
        return answer(new JsonObject());
    }

    static HttpResponse<String> answer(String name, JsonElement value) {
        JsonObject body = new JsonObject();
        body.add(name, value);
        return answer(body);
    }

    static HttpResponse<String> answer(JsonObject body) {
        return HttpResponse.ok(body.toString()).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    /** @param found from {@code offset} on, with one more than fits on a page if there is a next one */
    static <T> HttpResponse<String> page(
            String name, List<T> found, int offset, int size, Function<T, JsonObject> json) {
        JsonObject body = new JsonObject();
        body.add(name, array(found.subList(0, Math.min(size, found.size())), json));
        if (found.size() > size) {
            body.addProperty("next_page_token", PageToken.at(offset + size));
        }
        return answer(body);
    }

    static <T> JsonArray array(List<T> items, Function<T, JsonObject> json) {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(json.apply(item)));
        return array;
    }

    static JsonObject of(Experiment experiment) {
        JsonObject json = new JsonObject();
        json.addProperty("experiment_id", experiment.id().value());
        json.addProperty("name", experiment.name());
        json.addProperty("artifact_location", "mlflow-artifacts:/" + experiment.id());
        json.addProperty("lifecycle_stage", stage(experiment.deleted()));
        json.addProperty("creation_time", experiment.createdAt());
        json.addProperty("last_update_time", experiment.changedAt());
        json.add("tags", pairs(experiment.tags()));
        return json;
    }

    static JsonObject of(ExperimentRun run) {
        JsonObject json = new JsonObject();
        json.addProperty("run_id", run.id().value());
        json.addProperty("run_uuid", run.id().value());
        json.addProperty("run_name", run.name());
        json.addProperty("experiment_id", run.experiment().value());
        json.addProperty("user_id", run.owner().value());
        json.addProperty("status", run.status().name());
        json.addProperty("start_time", run.startedAt());
        if (run.endedAt() != null) {
            json.addProperty("end_time", run.endedAt());
        }
        json.addProperty("artifact_uri", "mlflow-artifacts:/" + run.experiment() + "/" + run.id() + "/artifacts");
        json.addProperty("lifecycle_stage", stage(run.deleted()));
        return json;
    }

    static JsonObject of(RecordedRun recorded) {
        JsonObject data = new JsonObject();
        data.add("metrics", array(recorded.metrics(), TrackingJson::of));
        data.add("params", pairs(recorded.params()));
        data.add("tags", pairs(recorded.tags()));
        JsonObject inputs = new JsonObject();
        inputs.add("dataset_inputs", array(recorded.inputs(), TrackingJson::of));
        inputs.add("model_inputs", array(recorded.modelInputs(), TrackingJson::modelInput));
        JsonObject json = new JsonObject();
        json.add("info", of(recorded.run()));
        json.add("data", data);
        json.add("inputs", inputs);
        JsonObject outputs = new JsonObject();
        outputs.add("model_outputs", array(recorded.outputs(), TrackingJson::of));
        json.add("outputs", outputs);
        return json;
    }

    static JsonObject of(Metric metric) {
        JsonObject json = new JsonObject();
        json.addProperty("key", metric.key());
        if (Double.isFinite(metric.value())) {
            json.addProperty("value", metric.value());
        } else {
            json.addProperty("value", Double.toString(metric.value()));
        }
        json.addProperty("timestamp", metric.at());
        json.addProperty("step", metric.step());
        return json;
    }

    private static JsonObject of(ModelMetric.Told told) {
        ModelMetric metric = told.metric();
        JsonObject json = of(metric.metric());
        if (metric.datasetName() != null) {
            json.addProperty("dataset_name", metric.datasetName());
        }
        if (metric.datasetDigest() != null) {
            json.addProperty("dataset_digest", metric.datasetDigest());
        }
        json.addProperty("model_id", metric.model());
        json.addProperty("run_id", told.run().value());
        return json;
    }

    static JsonObject of(MeasuredModel measured) {
        LoggedModel model = measured.model();
        JsonObject info = new JsonObject();
        info.addProperty("model_id", model.id());
        info.addProperty("experiment_id", model.experiment().value());
        info.addProperty("name", model.name());
        info.addProperty("creation_timestamp_ms", model.createdAt());
        info.addProperty("last_updated_timestamp_ms", model.changedAt());
        info.addProperty("artifact_uri", "mlflow-artifacts:/" + artifacts(model));
        info.addProperty("status", model.status().name());
        info.addProperty("model_type", model.type());
        if (model.sourceRun() != null) {
            info.addProperty("source_run_id", model.sourceRun());
        }
        info.add("tags", pairs(model.tags()));
        JsonObject data = new JsonObject();
        data.add("params", pairs(model.params()));
        data.add("metrics", array(measured.metrics(), TrackingJson::of));
        JsonObject json = new JsonObject();
        json.add("info", info);
        json.add("data", data);
        return json;
    }

    static String artifacts(LoggedModel model) {
        return model.experiment() + "/models/" + model.id() + "/artifacts";
    }

    private static JsonObject modelInput(String model) {
        JsonObject json = new JsonObject();
        json.addProperty("model_id", model);
        return json;
    }

    private static JsonObject of(ModelOutput output) {
        JsonObject json = new JsonObject();
        json.addProperty("model_id", output.model());
        json.addProperty("step", output.step());
        return json;
    }

    private static JsonObject of(DatasetInput input) {
        JsonObject dataset = new JsonObject();
        dataset.addProperty("name", input.name());
        dataset.addProperty("digest", input.digest());
        dataset.addProperty("source_type", input.sourceType());
        dataset.addProperty("source", input.source());
        if (input.schema() != null) {
            dataset.addProperty("schema", input.schema());
        }
        if (input.profile() != null) {
            dataset.addProperty("profile", input.profile());
        }
        JsonObject json = new JsonObject();
        json.add("tags", pairs(input.tags()));
        json.add("dataset", dataset);
        return json;
    }

    private static JsonArray pairs(Map<String, String> pairs) {
        JsonArray array = new JsonArray();
        new TreeMap<>(pairs).forEach((key, value) -> {
            JsonObject pair = new JsonObject();
            pair.addProperty("key", key);
            pair.addProperty("value", value);
            array.add(pair);
        });
        return array;
    }

    private static String stage(boolean deleted) {
        return deleted ? "deleted" : "active";
    }
}
