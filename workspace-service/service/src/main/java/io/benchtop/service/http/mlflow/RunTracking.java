package io.benchtop.service.http.mlflow;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.experiment.DatasetInput;
import io.benchtop.service.experiment.Metric;
import io.benchtop.service.experiment.ModelMetric;
import io.benchtop.service.experiment.ModelOutput;
import io.benchtop.service.experiment.RecordedRun;
import io.benchtop.service.experiment.RunBatch;
import io.benchtop.service.experiment.RunStatus;
import io.benchtop.service.experiment.Runs;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs and what is logged of them, as MLflow's clients ask for it. */
@Controller("/mlflow/api/2.0/mlflow")
@Consumes(MediaType.ALL)
final class RunTracking {

    private static final int PAGE = 1_000;
    private static final int LARGEST_PAGE = 50_000;

    /** What is kept in memory at once; clients that ask for more go on with the token. */
    private static final int MOST_AT_ONCE = 500;

    private static final int HISTORY_PAGE = 25_000;

    private final Runs runs;
    private final InstantSource clock;

    RunTracking(Runs runs, InstantSource clock) {
        this.runs = requireNonNull(runs, "runs is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Post("/runs/create")
    HttpResponse<String> create(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        RecordedRun created = runs.create(
                caller,
                fields.optional("experiment_id", "0"),
                fields.optional("run_name"),
                fields.optionalNumber("start_time"),
                fields.pairs("tags"));
        return TrackingJson.answer("run", TrackingJson.of(created));
    }

    @Post("/runs/update")
    HttpResponse<String> update(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        String status = fields.optional("status");
        return TrackingJson.answer(
                "run_info",
                TrackingJson.of(runs.update(
                        caller,
                        run(fields),
                        status == null ? null : status(status),
                        fields.optionalNumber("end_time"),
                        fields.optional("run_name"))));
    }

    private static String run(TrackingFields fields) {
        return fields.either("run_id", "run_uuid");
    }

    private static RunStatus status(String name) {
        return Arrays.stream(RunStatus.values())
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalidField(
                        "status", "must be one of " + Arrays.toString(RunStatus.values())));
    }

    @Get("/runs/get")
    HttpResponse<String> get(Caller caller, HttpRequest<?> request) {
        return TrackingJson.answer("run", TrackingJson.of(runs.get(caller, run(TrackingFields.of(request)))));
    }

    @Post("/runs/delete")
    HttpResponse<String> delete(Caller caller, @Body @Nullable String body) {
        runs.delete(caller, run(TrackingFields.of(body)));
        return TrackingJson.empty();
    }

    @Post("/runs/restore")
    HttpResponse<String> restore(Caller caller, @Body @Nullable String body) {
        runs.restore(caller, run(TrackingFields.of(body)));
        return TrackingJson.empty();
    }

    @Post("/runs/log-metric")
    HttpResponse<String> logMetric(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        runs.log(caller, run(fields), batch(List.of(fields), Map.of(), Map.of()));
        return TrackingJson.empty();
    }

    private Metric metric(TrackingFields fields) {
        return new Metric(
                fields.text("key"),
                fields.decimal("value"),
                fields.number("timestamp", clock.millis()),
                fields.number("step", 0));
    }

    @Post("/runs/log-parameter")
    HttpResponse<String> logParameter(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        runs.log(caller, run(fields), RunBatch.param(fields.text("key"), fields.value("value")));
        return TrackingJson.empty();
    }

    @Post("/runs/set-tag")
    HttpResponse<String> setTag(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        runs.log(caller, run(fields), RunBatch.tag(fields.text("key"), fields.value("value")));
        return TrackingJson.empty();
    }

    @Post("/runs/delete-tag")
    HttpResponse<String> deleteTag(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        runs.removeTag(caller, run(fields), fields.text("key"));
        return TrackingJson.empty();
    }

    @Post("/runs/log-batch")
    HttpResponse<String> logBatch(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        runs.log(caller, run(fields), batch(fields.list("metrics"), params(fields), fields.pairs("tags")));
        return TrackingJson.empty();
    }

    /** Values that tell of a model are kept with the run and with the model. */
    private RunBatch batch(List<TrackingFields> told, Map<String, String> params, Map<String, String> tags) {
        List<Metric> metrics = new ArrayList<>();
        List<ModelMetric> ofModels = new ArrayList<>();
        for (TrackingFields fields : told) {
            Metric metric = metric(fields);
            metrics.add(metric);
            String model = fields.filled("model_id");
            if (model != null) {
                ofModels.add(
                        new ModelMetric(model, metric, fields.filled("dataset_name"), fields.filled("dataset_digest")));
            }
        }
        return new RunBatch(metrics, params, tags, ofModels);
    }

    /** The same parameter twice in a batch with two values is as wrong as in two batches. */
    private static Map<String, String> params(TrackingFields fields) {
        Map<String, String> params = fields.pairs("params");
        fields.list("params").forEach(param -> {
            String key = param.text("key");
            if (!param.optional("value", "").equals(params.get(key))) {
                throw ProblemException.invalidField("params", "\"" + key + "\" stands twice with different values");
            }
        });
        return params;
    }

    @Post("/runs/log-inputs")
    HttpResponse<String> logInputs(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        List<DatasetInput> inputs =
                fields.list("datasets").stream().map(RunTracking::input).toList();
        List<String> models = fields.list("models").stream()
                .map(model -> model.text("model_id"))
                .toList();
        runs.logInputs(caller, run(fields), inputs, models);
        return TrackingJson.empty();
    }

    /** Models as clients older than logged models tell of them, and newer ones still do: a list in a tag. */
    @Post("/runs/log-model")
    HttpResponse<String> logModel(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        ModelHistory.Entry entry = ModelHistory.entry(fields.text("model_json"));
        runs.changeTag(caller, run(fields), ModelHistory.TAG, before -> ModelHistory.with(before, entry));
        return TrackingJson.empty();
    }

    @Post("/runs/outputs")
    HttpResponse<String> logOutputs(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        List<ModelOutput> outputs = fields.list("models").stream()
                .map(model -> new ModelOutput(model.text("model_id"), model.number("step", 0)))
                .toList();
        runs.logOutputs(caller, run(fields), outputs);
        return TrackingJson.empty();
    }

    private static DatasetInput input(TrackingFields fields) {
        TrackingFields dataset = fields.object("dataset");
        return new DatasetInput(
                dataset.text("name"),
                dataset.text("digest"),
                dataset.optional("source_type", ""),
                dataset.optional("source", ""),
                dataset.optional("schema"),
                dataset.optional("profile"),
                fields.pairs("tags"));
    }

    @Post("/runs/search")
    HttpResponse<String> search(Caller caller, @Body @Nullable String body) {
        TrackingFields fields = TrackingFields.of(body);
        int size = Math.min(MOST_AT_ONCE, fields.number("max_results", PAGE, 1, LARGEST_PAGE));
        int offset = PageToken.offset(fields.optional("page_token"));
        List<RecordedRun> found = runs.search(
                caller,
                fields.texts("experiment_ids"),
                ViewType.deleted(fields.optional("run_view_type")),
                fields.optional("filter", ""),
                fields.texts("order_by"),
                offset,
                size + 1);
        return TrackingJson.page("runs", found, offset, size, TrackingJson::of);
    }

    @Get("/metrics/get-history")
    HttpResponse<String> history(Caller caller, HttpRequest<?> request) {
        TrackingFields fields = TrackingFields.of(request);
        int size = fields.number("max_results", HISTORY_PAGE, 1, HISTORY_PAGE);
        int offset = PageToken.offset(fields.optional("page_token"));
        List<Metric> found = runs.history(caller, run(fields), fields.text("metric_key"), offset, size + 1);
        return TrackingJson.page("metrics", found, offset, size, TrackingJson::of);
    }
}
